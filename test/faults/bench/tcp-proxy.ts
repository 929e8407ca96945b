// Stands between any two of the parts, and does to the bytes between them what networks do: cuts, resets, freezes, delays.
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  /** It has asked what is not to be answered. */
  unanswered: boolean;
}

export class TcpProxy {
  private readonly pairs = new Set<Pair>();
  private readonly held = new Set<Socket>(); // accepted while frozen: nobody is on the other end
  private server!: Server;
  private frozen = false;
  /** Whoever asks with these bytes gets no answer; null: everyone does. */
  private swallowing: string | null = null;
  private latency: () => number = () => 0;
  port = 0;

  private constructor(private readonly upstreams: () => readonly number[]) {}

  /** Passes on to the first of these ports that answers, asked anew for each connection. */
  static async to(...ports: number[] | [() => readonly number[]]): Promise<TcpProxy> {
    const [first] = ports;
    const proxy = new TcpProxy(typeof first === 'function' ? first : () => ports as number[]);
    await proxy.accept();
    return proxy;
  }

  /** No FIN, no RST, no byte: both ends go on believing in each other. */
  freeze(): void {
    this.frozen = true;
    for (const { near, far } of this.pairs) for (const socket of [near, far]) socket.pause();
  }

  thaw(): void {
    this.frozen = false;
    for (const { near, far } of this.pairs) for (const socket of [near, far]) socket.resume();
    for (const near of this.held) this.pass(near);
    this.held.clear();
  }

  /** Ends all connections in good order; new ones are accepted. */
  cut(): void {
    for (const { near, far } of this.pairs) for (const socket of [near, far]) socket.end();
  }

  /** RST to both ends. */
  reset(): void {
    for (const { near, far } of this.pairs) for (const socket of [near, far]) socket.resetAndDestroy();
    for (const near of this.held) near.resetAndDestroy();
  }

  /** Every chunk of bytes takes so long, each way. */
  delay(ms: number | (() => number)): void {
    this.latency = typeof ms === 'function' ? ms : () => ms;
  }

  /**
   * What is asked arrives, what is answered does not: then the connections are reset. With `to`, only those lose their
   * answers that ask with these bytes.
   */
  async loseAnswers(during: () => Promise<void>, to = ''): Promise<void> {
    this.swallowing = to;
    await during();
    this.reset();
    this.swallowing = null;
  }

  /** Nobody is at home: connections are refused. */
  async refuse(): Promise<void> {
    this.reset();
    this.server.close();
    await once(this.server, 'close');
  }

  async accept(): Promise<void> {
    this.server = createServer((near) => this.welcome(near));
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    if (typeof address === 'object' && address) this.port = address.port;
  }

  get connections(): number {
    return this.pairs.size;
  }

  async close(): Promise<void> {
    if (this.server.listening) await this.refuse();
    else this.reset();
  }

  private welcome(near: Socket): void {
    near.setNoDelay();
    near.on('error', () => {}); // 'close' follows
    if (!this.frozen) {
      this.pass(near);
      return;
    }
    near.pause();
    this.held.add(near);
    near.once('close', () => this.held.delete(near));
  }

  private pass(near: Socket, tried = 0): void {
    const ports = this.upstreams();
    const port = ports[tried];
    if (port === undefined) return void near.resetAndDestroy();
    near.pause();
    const far = connect(port, '127.0.0.1');
    far.setNoDelay();
    let connected = false;
    far.once('connect', () => {
      connected = true;
      if (near.destroyed) return void far.destroy();
      this.join(near, far);
    });
    far.on('error', () => {
      if (!connected) this.pass(near, tried + 1);
    });
  }

  private join(near: Socket, far: Socket): void {
    const pair = { near, far, unanswered: false };
    this.pairs.add(pair);
    this.forward(near, far, (chunk) => {
      if (this.swallowing !== null && chunk.includes(this.swallowing)) pair.unanswered = true;
      return true;
    });
    this.forward(far, near, () => !pair.unanswered && this.swallowing !== '');
    for (const socket of [near, far]) {
      socket.once('close', () => {
        this.pairs.delete(pair);
        near.destroy();
        far.destroy();
      });
      if (!this.frozen) socket.resume();
    }
  }

  private forward(from: Socket, to: Socket, passes: (chunk: Buffer) => boolean): void {
    let last = Promise.resolve();
    from.on('data', (chunk) => {
      if (!passes(chunk)) return;
      const ms = this.latency();
      if (ms === 0) return void to.write(chunk);
      const wait = new Promise<void>((resolve) => setTimeout(resolve, ms));
      last = last.then(() => wait).then(() => void to.write(chunk));
    });
    from.on('end', () => to.end());
  }
}
