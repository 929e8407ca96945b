// A question before something that cannot be undone.
import { FormDialog } from './form-dialog';

interface Props {
  title: string;
  consequence: string;
  doIt: string;
  act(): Promise<unknown>;
  onClose(): void;
}

export function Confirm({ title, consequence, doIt, act, onClose }: Props) {
  return (
    <FormDialog title={title} doIt={doIt} danger act={act} onClose={onClose}>
      <p>{consequence}</p>
    </FormDialog>
  );
}
