// A dialog that asks for something and does it. What went wrong stands above the buttons; when all went well, it closes.
import type { ReactNode } from 'react';
import { Complaint } from './complaint';
import { Dialog } from './dialog';
import { useSubmit } from './use-submit';

interface Props {
  title: string;
  /** What the button says that does it. */
  doIt: string;
  /** It cannot be undone, or is done to somebody. */
  danger?: boolean;
  act(): Promise<unknown>;
  onClose(): void;
  children: ReactNode;
}

export function FormDialog({ title, doIt, danger = false, act, onClose, children }: Props) {
  const { busy, complaint, onSubmit } = useSubmit(async () => {
    await act();
    onClose();
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="dialog-form" onSubmit={onSubmit}>
        {children}
        <Complaint sentence={complaint} />
        <div className="dialog-actions">
          <button type="button" className="button quiet" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className={danger ? 'button danger' : 'button primary'} disabled={busy}>
            {doIt}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
