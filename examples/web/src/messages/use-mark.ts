// The message that one has just come to is marked for a moment, so that the eye finds it.
import { useEffect, useState } from 'react';

const MARKED_MS = 2_600; // as long as the mark takes to fade: see theme.css

/** Marks `target.id`, anew for each new object. */
export function useMark(target: { readonly id: string | undefined } | undefined): string | undefined {
  const [faded, setFaded] = useState<typeof target>();
  useEffect(() => {
    if (!target) return;
    const timer = setTimeout(() => setFaded(target), MARKED_MS);
    return () => clearTimeout(timer);
  }, [target]);
  return target === faded ? undefined : target?.id;
}
