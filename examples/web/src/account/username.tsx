// For password managers alone: whose password a form is about.
import { useMe } from '../session/me';

export function Username() {
  return (
    <input
      className="unseen"
      name="username"
      autoComplete="username"
      readOnly
      tabIndex={-1}
      aria-hidden="true"
      value={useMe().username}
    />
  );
}
