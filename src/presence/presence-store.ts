// The contract of the board on which each process writes whose sockets it holds. What is not written again expires: the
// people of a process that was killed go offline by themselves.

/** Every method may reject, and does so within a second, while the board is away: nobody is told to be on- or offline then. */
export abstract class PresenceStore {
  /** This process holds sockets of these people, for the next `ttl`. Answers who of them were offline until now. */
  abstract here(userIds: readonly string[]): Promise<string[]>;

  /** This process holds none of theirs any more. Answers who of them are offline now. */
  abstract gone(userIds: readonly string[]): Promise<string[]>;

  /** Who of these are held by any process. */
  abstract online(userIds: readonly string[]): Promise<Set<string>>;

  abstract close(): void;
}
