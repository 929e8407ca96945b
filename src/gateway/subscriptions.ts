// From the stream that a resolver opened to results for one subscriber: shared with all who ask the same, or executed for
// this one alone.
import { Injectable } from '@nestjs/common';
import { createSourceEventStream, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { type Context, Loaders } from '../core/context.js';
import { type EndableStream, PullStream } from '../rooms/pull-stream.js';
import type { Connection } from './connection.js';
import { tell } from './execution.js';
import { SharedSubscriber } from './fan-out.js';
import { SharedSubscriptions } from './shared-subscriptions.js';

type Source = AsyncIterableIterator<unknown> & EndableStream;

@Injectable()
export class Subscriptions {
  constructor(private readonly shared: SharedSubscriptions) {}

  /** Runs the resolver, which judges the subscriber, and lets the connection keep hold of the stream it opened. */
  async subscribe(args: ExecutionArgs, id: string, connection: Connection) {
    const source = await createSourceEventStream(args);
    if (!(Symbol.asyncIterator in source)) return source; // refused
    const stream = source as Source;
    const untrack = connection.track(stream);
    if (!(stream instanceof PullStream)) return new ExecutedStream(stream, args, untrack);
    const group = this.shared.join(args, stream.room);
    if (!group) return new ExecutedStream(stream, args, untrack);
    return new SharedSubscriber(id, stream, group, connection.lane, () => {
      untrack();
      this.shared.leave(group, stream.room);
    });
  }
}

class ExecutedStream implements AsyncIterableIterator<ExecutionResult> {
  constructor(
    private readonly source: Source,
    private readonly args: ExecutionArgs,
    private readonly untrack: () => void,
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<ExecutionResult>> {
    try {
      const { value, done } = await this.source.next();
      if (!done) return { value: await this.result(value), done: false };
    } catch (error) {
      await this.return(); // whoever iterates does not call it after an error
      throw error;
    }
    this.untrack();
    return { value: undefined, done: true };
  }

  async return(): Promise<IteratorResult<ExecutionResult>> {
    this.untrack();
    await this.source.return?.();
    return { value: undefined, done: true };
  }

  private async result(item: unknown): Promise<ExecutionResult> {
    // What an earlier item has loaded may have changed since.
    const contextValue: Context = { ...(this.args.contextValue as Context), loaders: new Loaders() };
    return tell({ ...this.args, contextValue }, item);
  }
}
