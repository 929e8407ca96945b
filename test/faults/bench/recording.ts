// What was attempted, what was acknowledged, and what was seen: all that the delivery check looks at.

/** A send that somebody began. Lanes send one after the other. */
export interface Attempt {
  readonly key: string;
  readonly lane: string;
  readonly number: number; // in its lane
  readonly roomId: string;
  readonly authorId: string;
  readonly content: string;
  readonly startedAt: number; // ms, of the clock of the tests
}

export interface Acknowledgement {
  readonly key: string;
  readonly messageId: string;
  readonly seq: number;
  readonly at: number;
}

/** One event as a listener saw it. */
export interface Sighting {
  readonly seq: number;
  readonly kind: string;
  readonly messageId: string | null;
  readonly authorId: string | null;
  readonly key: string | null;
  readonly content: string | null;
  readonly version: number;
  readonly at: number;
}

/** All that one listener saw of one room, over all its connections. */
export interface Listening {
  readonly name: string;
  readonly roomId: string;
  /** Seq of its first StreamReady; null: it never was ready. */
  from: number | null;
  readonly seen: Sighting[];
  /** How long it was without a stream, ms, each time. */
  readonly outages: number[];
}

/** A message as history has it. */
export interface Kept {
  readonly id: string;
  readonly seq: number;
  readonly authorId: string;
  readonly key: string | null;
  readonly content: string | null;
  readonly version: number;
}

export interface Recording {
  readonly attempts: Map<string, Attempt>;
  readonly acknowledgements: Acknowledgement[];
  /** Per message: the texts that an edit tried to give it; null: a deletion. */
  readonly revisions: Map<string, (string | null)[]>;
  readonly listenings: Listening[];
}

export const newRecording = (): Recording => ({
  attempts: new Map(),
  acknowledgements: [],
  revisions: new Map(),
  listenings: [],
});

/** How a room stands when all is over, read from another process than the listeners' where there is one. */
export interface Truth {
  readonly roomId: string;
  readonly head: number;
  readonly history: readonly Kept[];
}
