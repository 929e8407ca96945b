// A server with people and rooms in it, and a load client in front: what a scenario plays on.
import { seedStock } from '../peers/stock/seed.ts';
import { furnishParley } from './parley.ts';
import { PEERS, type Peer, type PeerName } from './peers.ts';
import { LoadClient, Server } from './processes.ts';
import { channelPrefix, connected, createDatabase, redisUrl } from './services.ts';

export interface Wanted {
  readonly rooms: number;
  readonly people: number;
  /** Messages that the first room already has. */
  readonly past: number;
}

export interface Furniture {
  readonly rooms: readonly string[];
  /** Of people who are in all rooms. Without one where nobody asks who it is. */
  readonly cookies: readonly string[];
}

/**
 * Whether there is a second process beside the server, joined to it by the bus, that takes in what is to be said: then
 * the server's CPU goes into telling alone.
 */
type Doors = 'one door' | 'another door';

export class Stage {
  readonly name: PeerName;
  readonly peer: Peer;
  readonly server: Server;
  readonly load: LoadClient;
  readonly rooms: readonly string[];
  readonly cookies: readonly string[];
  private readonly door: Server;

  private constructor(name: PeerName, server: Server, door: Server, { rooms, cookies }: Furniture) {
    this.name = name;
    this.peer = PEERS[name];
    this.server = server;
    this.door = door;
    this.load = new LoadClient();
    this.rooms = rooms;
    this.cookies = cookies;
  }

  static async open(name: PeerName, wanted: Wanted, doors: Doors = 'one door'): Promise<Stage> {
    const { entry, keeps, hasBus, settings } = PEERS[name];
    const url = keeps === null ? '' : await createDatabase();
    const env = {
      ...settings,
      REDIS_URL: redisUrl,
      BENCH_PREFIX: `${channelPrefix}:${name}`,
      ...(keeps === null ? {} : { DATABASE_URL: url }),
    };
    const server = await Server.start('server', entry, env);
    const door = hasBus && doors === 'another door' ? await Server.start('door', entry, env) : server;
    const furniture = {
      parley: () => furnishParley(door.port, wanted),
      stock: () => connected(url, (database) => seedStock(database, wanted)),
      nothing: async () => imagined(wanted),
    }[keeps ?? 'nothing'];
    return new Stage(name, server, door, await furniture());
  }

  /** Opens so many listeners in each room; answers how many bytes of memory each costs the server. */
  async gather(listenersPerRoom: number, settle: () => Promise<unknown>): Promise<number> {
    const before = this.server.memory;
    const size = await this.load.order('gather', {
      port: this.server.port,
      doorPort: this.door.port,
      dialect: this.peer.dialect,
      cookie: this.cookies[0] ?? null,
      rooms: this.rooms,
      listenersPerRoom,
    });
    await settle();
    return (this.server.memory - before) / size;
  }

  async close(): Promise<void> {
    await this.load.stop();
    if (this.door !== this.server) await this.door.stop();
    await this.server.stop();
  }
}

/** Where nothing is kept, a room is a name. */
const imagined = ({ rooms }: Wanted): Furniture => ({
  rooms: Array.from({ length: rooms }, (_, n) => `room-${n}`),
  cookies: [],
});
