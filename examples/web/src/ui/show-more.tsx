// Under a list that was read in part: the way to the next page of it.
import type { PageInfo } from 'parley/client';

interface Props {
  page: PageInfo | undefined;
  fetchMore(options: { variables: { after: string | null | undefined } }): Promise<unknown>;
}

export function ShowMore({ page, fetchMore }: Props) {
  if (!page?.hasNextPage) return null;
  return (
    <button
      type="button"
      className="button quiet small"
      onClick={() => fetchMore({ variables: { after: page.endCursor } }).catch(() => {})} // told by the query's `error`
    >
      Show more
    </button>
  );
}
