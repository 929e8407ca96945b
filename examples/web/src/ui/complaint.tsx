// Errors as sentences: the server writes them for people, and the page only adds the ones the server cannot say.
import { ParleyError } from 'parley/client/apollo';

export function sentenceOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  const { code, closeCode, message } = ParleyError.of(error);
  if (code === 'UNAVAILABLE' && closeCode === undefined && !spokenByServer(error)) {
    return 'The server cannot be reached just now.';
  }
  return message;
}

/** GraphQL errors come with the server's own sentence; a failed fetch only with the browser's. */
const spokenByServer = (error: unknown): boolean => Array.isArray((error as { errors?: unknown } | null)?.errors);

/** A refusal that the page itself speaks, in the same place as the server's. */
export class Refusal extends Error {}

export function Complaint({ sentence }: { sentence: string | undefined }) {
  return sentence ? (
    <p className="complaint" role="alert">
      {sentence}
    </p>
  ) : null;
}
