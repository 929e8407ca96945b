// A question before something that cannot be undone; the safe answer has the focus.
import { Complaint } from './complaint';
import { Dialog } from './dialog';
import { useSubmit } from './use-submit';

interface Props {
  title: string;
  consequence: string;
  doIt: string;
  act(): Promise<unknown>;
  onClose(): void;
}

export function Confirm({ title, consequence, doIt, act, onClose }: Props) {
  const { busy, complaint, run } = useSubmit(async () => {
    await act();
    onClose();
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{consequence}</p>
      <Complaint sentence={complaint} />
      <div className="dialog-actions">
        <button type="button" className="button quiet" onClick={onClose}>
          Cancel
        </button>
        <button type="button" className="button danger" onClick={run} disabled={busy}>
          {doIt}
        </button>
      </div>
    </Dialog>
  );
}
