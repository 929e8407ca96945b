// One GraphQL request over HTTP: post, wait no longer than sensible, and turn every refusal into a ParleyError.
import { ParleyError } from './errors.js';

const PATIENCE_MS = 15_000; // the server answers or refuses within 5 s; the rest is for bad networks

export interface HttpRequest {
  url: string;
  document: string;
  variables: unknown;
  headers: Record<string, string>;
  fetch: typeof fetch;
  /** Aborts: the promise rejects with the signal's reason. */
  signals: (AbortSignal | undefined)[];
  onHeaders(headers: Headers): void;
}

export async function post<TData>(request: HttpRequest): Promise<TData> {
  const patience = new AbortController();
  const outOfPatience = () => patience.abort(new ParleyError('UNAVAILABLE', `No answer within ${PATIENCE_MS} ms.`));
  const timer = setTimeout(outOfPatience, PATIENCE_MS);
  const wanted = request.signals.filter((signal) => signal !== undefined);
  const signal = AbortSignal.any([patience.signal, ...wanted]);
  try {
    const response = await request.fetch(request.url, {
      method: 'POST',
      headers: {
        ...request.headers,
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
      },
      body: JSON.stringify({ query: request.document, variables: request.variables }),
      credentials: 'include',
      signal,
    });
    request.onHeaders(response.headers);
    return await answerOf<TData>(response);
  } catch (problem) {
    for (const { aborted, reason } of wanted) if (aborted) throw reason;
    throw ParleyError.of(problem);
  } finally {
    clearTimeout(timer);
  }
}

async function answerOf<TData>(response: Response): Promise<TData> {
  const text = await response.text();
  let body: { data?: TData; errors?: unknown[] } | undefined;
  try {
    body = JSON.parse(text);
  } catch {
    // not from a GraphQL server: a proxy's error page, or a wrong address
  }
  if (body?.errors?.length) throw ParleyError.of(body);
  if (body?.data) return body.data;
  throw withoutGraphQL(response);
}

function withoutGraphQL({ status, url, headers }: Response): ParleyError {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  const details = Number.isFinite(seconds) ? { retryAfterMs: seconds * 1_000 } : {};
  if (status === 429) return new ParleyError('RATE_LIMITED', 'Too many requests.', details);
  if (status >= 500) return new ParleyError('UNAVAILABLE', `The server answered ${status}.`, details);
  return new ParleyError('BAD_REQUEST', `${url} answered ${status} without GraphQL: is it the address of the API?`);
}
