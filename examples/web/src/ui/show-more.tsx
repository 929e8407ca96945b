// Under a list that was read in part: the way to the next page of it.
import type { PageInfo } from 'parley/client';
import { Complaint } from './complaint';
import { useSubmit } from './use-submit';

interface Props {
  page: PageInfo | undefined;
  fetchMore(options: { variables: { after: string | null | undefined } }): Promise<unknown>;
}

export function ShowMore({ page, fetchMore }: Props) {
  const { busy, complaint, run } = useSubmit(() => fetchMore({ variables: { after: page?.endCursor } }));
  if (!page?.hasNextPage) return null;
  return (
    <>
      <Complaint sentence={complaint} />
      <button type="button" className="button quiet small" onClick={run} disabled={busy}>
        Show more
      </button>
    </>
  );
}
