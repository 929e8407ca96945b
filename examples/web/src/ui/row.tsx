// One line of a list of people or things: a sign, a title over a note, and what can be done with it.
import type { ReactNode } from 'react';
import { Complaint } from './complaint';
import './row.css';

interface Props {
  sign?: ReactNode;
  title: ReactNode;
  note?: ReactNode;
  problem?: string;
  children?: ReactNode;
}

export function Row({ sign, title, note, problem, children }: Props) {
  return (
    <li className="row">
      {sign}
      <p>
        <strong>{title}</strong>
        {note && <span>{note}</span>}
      </p>
      {children}
      <Complaint sentence={problem} />
    </li>
  );
}
