// From the stream that a resolver opened to results for one subscriber: each item is executed against the document.
import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute } from 'graphql';
import { type Context, Loaders } from '../core/context.js';
import { ChatError, ErrorCode, unavailable } from '../core/errors.js';
import type { EndableStream } from '../rooms/room-stream.js';

const AGAIN_AFTER = 250; // ms; a blink of the database is over by then

type Source = AsyncIterableIterator<unknown> & EndableStream;

/** Runs the resolver — which judges the subscriber — and hands the stream it opened to whoever keeps track of streams. */
export async function subscribe(args: ExecutionArgs, track: (stream: EndableStream) => () => void) {
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return source; // refused
  const stream = source as Source;
  return new ExecutedStream(stream, args, track(stream));
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

  /** An item is never told as null: what fails is tried again, and then ends the stream, for the client to resume. */
  private async result(item: unknown): Promise<ExecutionResult> {
    const first = await this.execute(item);
    if (hasItem(first)) return first;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
    const second = await this.execute(item);
    if (hasItem(second)) return second;
    throw refusalIn(second) ?? unavailable('This item cannot be told right now. Come back with the last cursor.');
  }

  private async execute(item: unknown): Promise<ExecutionResult> {
    // What an earlier item has loaded may have changed since.
    const contextValue: Context = { ...(this.args.contextValue as Context), loaders: new Loaders() };
    return execute({ ...this.args, rootValue: item, contextValue });
  }
}

const hasItem = ({ data }: ExecutionResult): boolean =>
  data != null && Object.values(data).every((value) => value !== null);

/** An argument in the selection that can never be right: no use in coming back. */
function refusalIn({ errors }: ExecutionResult): ChatError | null {
  const refusal = errors?.map((error) => error.originalError).find((error) => error instanceof ChatError);
  return refusal instanceof ChatError && refusal.code !== ErrorCode.UNAVAILABLE ? refusal : null;
}
