// The people that a demo server lets anyone be; a server without a demo answers 404 and nothing is shown.
import { useEffect, useState } from 'react';

export interface DemoPerson {
  readonly username: string;
  readonly displayName: string;
  readonly password: string;
}

export function useDemoPeople(): readonly DemoPerson[] {
  const [people, setPeople] = useState<readonly DemoPerson[]>([]);
  useEffect(() => {
    const leaving = new AbortController();
    readDemoPeople(leaving.signal).then(setPeople, () => {
      // A hint that cannot be read is a hint that is not shown.
    });
    return () => leaving.abort();
  }, []);
  return people;
}

async function readDemoPeople(signal: AbortSignal): Promise<readonly DemoPerson[]> {
  const answer = await fetch('/demo.json', { signal });
  if (!answer.ok) return [];
  const { people } = (await answer.json()) as { people?: DemoPerson[] };
  return people ?? [];
}
