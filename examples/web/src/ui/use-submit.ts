// What every form does: run once at a time, tell what went wrong in a sentence, and stop telling it when one tries again.
import { type SubmitEvent, useState } from 'react';
import { sentenceOf } from './complaint';

export function useSubmit(act: () => Promise<unknown>) {
  const [busy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<string>();

  const run = async () => {
    if (busy) return;
    setBusy(true);
    setComplaint(undefined);
    try {
      await act();
    } catch (error) {
      setComplaint(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void run();
  };
  return { busy, complaint, run, onSubmit };
}
