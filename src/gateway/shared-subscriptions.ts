// Executed once, made into text once: what all subscribers of a room who ask the same are told of an event.
import { Injectable } from '@nestjs/common';
import type { ExecutionArgs } from 'graphql';
import { Settings } from '../config/config.js';
import { type Context, Loaders } from '../core/context.js';
import { Metrics } from '../core/metrics.js';
import { ErrorFormatter } from './errors.js';
import { tell } from './execution.js';
import { Sharing } from './shareable.js';

const GROUP_ITEMS = 256; // as many as the feed of the room keeps
const GROUP_BYTES = 1_048_576;
const PROCESS_BYTES = 64 * 1_048_576;
const FLAWED_FOR = 1_000; // ms that a result with an error in some field of it is kept

/** Who asks for a group: a field that depends on it is refused, should the analysis ever miss one. */
const NOBODY: Omit<Context, 'loaders'> = {
  door: 'socket',
  viewer: null,
  client: { address: 'nobody', userAgent: null },
};

/** What is told of one item, once it is known. */
export class Told {
  body: Buffer | null = null;
  error: unknown = null;
  /** Something was looked up for it, or still is: it holds until something else happens in the room. */
  lookedUp = true;
  private waiting: (() => void)[] = [];

  /** `head`: the newest event of the room when it was executed. */
  constructor(readonly head = 0) {}

  get pending(): boolean {
    return this.body === null && this.error === null;
  }

  /** Calls back when it is no longer pending. */
  whenKnown(wake: () => void): void {
    this.waiting.push(wake);
  }

  settle(body: Buffer | null, error: unknown = null): void {
    this.body = body;
    this.error = error;
    const { waiting } = this;
    this.waiting = [];
    for (const wake of waiting) wake();
  }
}

export class Group {
  members = 0;
  bytes = 0;
  private readonly told = new Map<object, Told>();

  constructor(
    readonly key: string,
    private readonly args: ExecutionArgs,
    private readonly errors: ErrorFormatter,
    private readonly onResized: (group: Group, by: number) => void,
  ) {}

  /**
   * What is told of an item. `kept`: others are given the very same one, and are told the same without more work, unless
   * it was looked up and the room has moved on since: whoever comes late is told how things are now.
   */
  tell(item: object, kept: boolean, head: number): Told {
    const known = this.told.get(item);
    if (known && !(known.lookedUp && known.head !== head)) return known;
    this.forget(item);
    const told = new Told(head);
    if (kept) this.told.set(item, told);
    const loaders = new Loaders();
    const failed = (error: unknown) => {
      if (this.told.get(item) === told) this.told.delete(item); // the next one tries again
      told.settle(null, error);
    };
    const settled = (result: Awaited<ReturnType<typeof tell>>) => {
      const errors = result.errors?.map((error) => this.errors.format(error));
      const body = Buffer.from(JSON.stringify(errors ? { ...result, errors } : result));
      if (errors) setTimeout(() => this.forget(item), FLAWED_FOR).unref();
      told.lookedUp = loaders.used;
      told.settle(body);
      if (this.told.get(item) === told) this.grown(body.length);
    };
    try {
      const result = tell({ ...this.args, contextValue: { ...NOBODY, loaders } }, item);
      if (result instanceof Promise) result.then(settled).catch(failed);
      else settled(result);
    } catch (error) {
      failed(error);
    }
    return told;
  }

  /** What it is asked for again is executed again. */
  clear(): void {
    this.told.clear();
    this.resize(-this.bytes);
  }

  private grown(by: number): void {
    this.resize(by);
    for (const item of this.told.keys()) {
      if (this.told.size <= GROUP_ITEMS && this.bytes <= GROUP_BYTES) break;
      this.forget(item);
    }
  }

  private forget(item: object): void {
    const told = this.told.get(item);
    if (told && this.told.delete(item) && told.body) this.resize(-told.body.length);
  }

  private resize(by: number): void {
    this.bytes += by;
    this.onResized(this, by);
  }
}

@Injectable()
export class SharedSubscriptions {
  private readonly sharing = new Sharing();
  private readonly rooms = new WeakMap<object, Map<string, Group>>();
  private readonly groups = new Set<Group>(); // the one that grew last comes last
  private bytes = 0;

  constructor(
    private readonly settings: Settings,
    private readonly errors: ErrorFormatter,
    metrics: Metrics,
  ) {
    metrics.gauge(
      'shared_groups',
      'Groups of subscriptions of a room that are executed as one.',
      () => this.groups.size,
    );
    metrics.gauge('shared_bytes', 'Bytes of results that groups keep for whoever is not so far yet.', () => this.bytes);
  }

  /** The group of all who are told the same in this room. Null: this one is executed for the one who asked. Leave it. */
  join(args: ExecutionArgs, room: object): Group | null {
    if (!this.settings.sharedExecution) return null;
    const key = this.sharing.key(args.schema, args.document, args.operationName, args.variableValues);
    if (key === null) return null;
    const inRoom = this.rooms.get(room) ?? new Map<string, Group>();
    this.rooms.set(room, inRoom);
    const group = inRoom.get(key) ?? new Group(key, args, this.errors, (grown, by) => this.resized(grown, by));
    inRoom.set(key, group);
    this.groups.add(group);
    group.members += 1;
    return group;
  }

  leave(group: Group, room: object): void {
    group.members -= 1;
    if (group.members > 0) return;
    this.groups.delete(group);
    this.rooms.get(room)?.delete(group.key);
    group.clear();
  }

  /** Together they stay within bounds too: those that have been quiet for longest forget first. */
  private resized(group: Group, by: number): void {
    this.bytes += by;
    if (by <= 0) return;
    this.groups.delete(group);
    this.groups.add(group);
    for (const quiet of this.groups) {
      if (this.bytes <= PROCESS_BYTES) break;
      quiet.clear();
    }
  }
}
