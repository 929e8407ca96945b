// One item of a stream, executed against a subscriber's document.
import { type ExecutionArgs, type ExecutionResult, execute } from 'graphql';
import { ChatError, ErrorCode, unavailable } from '../core/errors.js';

const AGAIN_AFTER = 250; // ms; a blink of the database is over by then

/**
 * An item is never told as null: what fails is tried again, and then throws, which ends the stream, for the client to
 * resume. At once when no field has to be waited for.
 */
export function tell(args: ExecutionArgs, item: unknown): ExecutionResult | Promise<ExecutionResult> {
  const asked = { ...args, rootValue: item };
  const first = execute(asked);
  if (first instanceof Promise) return first.then((result) => (hasItem(result) ? result : again(asked)));
  return hasItem(first) ? first : again(asked);
}

async function again(args: ExecutionArgs): Promise<ExecutionResult> {
  await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
  const second = await execute(args);
  if (hasItem(second)) return second;
  throw refusalIn(second) ?? unavailable('This item cannot be told right now. Come back with the last cursor.');
}

const hasItem = ({ data }: ExecutionResult): boolean =>
  data != null && Object.values(data).every((value) => value !== null);

/** An argument in the selection that can never be right: no use in coming back. */
function refusalIn({ errors }: ExecutionResult): ChatError | null {
  const refusal = errors?.map((error) => error.originalError).find((error) => error instanceof ChatError);
  return refusal instanceof ChatError && refusal.code !== ErrorCode.UNAVAILABLE ? refusal : null;
}
