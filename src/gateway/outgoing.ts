// Where the frames of one write are put together: one piece of memory for all sockets, one after the other, for a socket
// that keeps up has taken its bytes by the time that the write returns.
import { frameLength, putNextFrame } from './frames.js';

const SIZE = 65_536; // bytes; what a blocked socket keeps of our memory, and only as much of it as was written to

/** What a lane needs of its socket. */
export interface Wire {
  readonly isOpen: boolean;
  /** Enough was written that has not been taken yet. The lane is woken when it has. */
  readonly isBlocked: boolean;
  /** False when the memory will be read from for a while; else it is free again at once. */
  write(bytes: Buffer): boolean;
}

export class Outgoing {
  length = 0;
  private memory = fresh(SIZE);

  add(prefix: Buffer, payload: Buffer): void {
    this.makeRoom(this.length + frameLength(prefix, payload));
    this.length = putNextFrame(this.memory, this.length, prefix, payload);
  }

  leaveBy(wire: Wire): void {
    if (this.length === 0) return;
    const taken = wire.write(this.memory.subarray(0, this.length));
    this.length = 0;
    if (!taken || this.memory.length > SIZE) this.memory = fresh(SIZE);
  }

  private makeRoom(size: number): void {
    if (size <= this.memory.length) return;
    const larger = fresh(size);
    this.memory.copy(larger, 0, 0, this.length);
    this.memory = larger;
  }
}

/** Memory of its own: a part of a pool would keep the whole pool. */
const fresh = (size: number): Buffer => Buffer.allocUnsafeSlow(size);
