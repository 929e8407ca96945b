// A key that every process of one database knows, and nobody else: the contract that the database fills.

export abstract class SharedKey {
  /** 32 random bytes. */
  abstract readonly bytes: Buffer;
}
