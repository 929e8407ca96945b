// The door: sign in or sign up, with the demo people one press away when the server has some.
import { useMutation } from '@apollo/client/react';
import { SignInDocument, SignUpDocument, type User } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useEffect, useRef, useState } from 'react';
import { Complaint } from '../ui/complaint';
import { Field } from '../ui/field';
import { ParleyMark } from '../ui/parley-mark';
import { useSubmit } from '../ui/use-submit';
import { type DemoPerson, useDemoPeople } from './demo';
import './sign-in.css';

interface Props {
  /** Why the person stands at the door again, if they were inside before. */
  reason?: string;
  onSignedIn(me: User): void;
}

export function SignIn({ reason, onSignedIn }: Props) {
  const [isNew, setNew] = useState(false);
  const [username, setUsername] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [password, setPassword] = useState('');
  const [signIn] = useMutation(documentNode(SignInDocument));
  const [signUp] = useMutation(documentNode(SignUpDocument));
  const firstField = useRef<HTMLInputElement>(null);
  useEffect(() => firstField.current?.focus(), []);

  const { busy, complaint, onSubmit } = useSubmit(async () => {
    if (isNew) {
      const input = { username: username.trim(), password, displayName: displayName.trim() || null };
      const { data } = await signUp({ variables: { input } });
      if (data) onSignedIn(data.signUp.user);
    } else {
      const { data } = await signIn({ variables: { input: { username: username.trim(), password } } });
      if (data) onSignedIn(data.signIn.user);
    }
  });
  const become = (person: DemoPerson) => {
    setNew(false);
    setUsername(person.username);
    setPassword(person.password);
  };

  return (
    <main className="door">
      <form className="door-card" onSubmit={onSubmit} aria-labelledby="door-title">
        <header>
          <ParleyMark />
          <h1 id="door-title">{isNew ? 'Join Parley' : 'Welcome to Parley'}</h1>
          <p>Rooms to talk in, as it happens, and nothing lost.</p>
        </header>
        {reason && (
          <p className="door-reason" role="status">
            {reason}
          </p>
        )}
        <fieldset className="choices" aria-label="What to do">
          <Choice label="Sign in" checked={!isNew} onPick={() => setNew(false)} />
          <Choice label="Sign up" checked={isNew} onPick={() => setNew(true)} />
        </fieldset>
        <Field
          label="Username"
          ref={firstField}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={username}
          onChange={setUsername}
        />
        {isNew && (
          <Field
            label="Name that others see"
            name="displayName"
            autoComplete="name"
            value={displayName}
            onChange={setDisplayName}
          />
        )}
        <Field
          label="Password"
          hint={isNew ? 'At least 8 characters.' : undefined}
          type="password"
          name="password"
          autoComplete={isNew ? 'new-password' : 'current-password'}
          required
          value={password}
          onChange={setPassword}
        />
        <Complaint sentence={complaint} />
        <button type="submit" className="button primary" disabled={busy}>
          {busy ? 'One moment…' : isNew ? 'Sign up' : 'Sign in'}
        </button>
        <DemoPeople onPick={become} />
      </form>
    </main>
  );
}

function Choice({ label, checked, onPick }: { label: string; checked: boolean; onPick(): void }) {
  return (
    <label>
      <input type="radio" name="door" checked={checked} onChange={onPick} />
      {label}
    </label>
  );
}

function DemoPeople({ onPick }: { onPick(person: DemoPerson): void }) {
  const people = useDemoPeople();
  if (people.length === 0) return null;
  return (
    <section className="door-demo" aria-label="Demo people">
      <p>Just looking? Be one of these:</p>
      {people.map((person) => (
        <button key={person.username} type="button" className="button small" onClick={() => onPick(person)}>
          {person.displayName}
        </button>
      ))}
    </section>
  );
}
