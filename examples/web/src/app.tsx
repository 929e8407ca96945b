// Decides between the door and the chat, and brings people back to the door, with a sentence, when their session ends.
import { useApolloClient } from '@apollo/client/react';
import { type User, ViewerDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useCallback, useEffect, useState } from 'react';
import { Chat } from './chat';
import { onSessionLost } from './line';
import { MeProvider } from './session/me';
import { SignIn } from './session/sign-in';
import { sentenceOf } from './ui/complaint';

type Stage = { at: 'threshold'; problem?: string } | { at: 'door'; reason?: string } | { at: 'inside'; me: User };

const ASK_AGAIN_MS = 3_000; // a server that restarts is back within a few seconds

export function App() {
  const client = useApolloClient();
  const [stage, setStage] = useState<Stage>({ at: 'threshold' });

  const leave = useCallback(
    (reason?: string) => {
      setStage({ at: 'door', reason });
      void client.clearStore(); // the next person at this screen must not find this one's rooms
    },
    [client],
  );
  useEffect(() => onSessionLost(leave), [leave]);

  useEffect(() => {
    if (stage.at !== 'threshold') return;
    let here = true;
    const ask = async () => {
      try {
        const { data } = await client.query({ query: documentNode(ViewerDocument), fetchPolicy: 'no-cache' });
        const me = data?.viewer?.user;
        if (here) setStage(me ? { at: 'inside', me } : { at: 'door' });
      } catch (error) {
        if (here) setStage({ at: 'threshold', problem: sentenceOf(error) });
      }
    };
    const timer = setTimeout(ask, stage.problem ? ASK_AGAIN_MS : 0);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [client, stage]);

  switch (stage.at) {
    case 'threshold':
      return <main className="threshold">{stage.problem && <p role="status">{stage.problem} Trying again…</p>}</main>;
    case 'door':
      return <SignIn reason={stage.reason} onSignedIn={(me) => setStage({ at: 'inside', me })} />;
    case 'inside':
      return (
        <MeProvider me={stage.me}>
          <Chat key={stage.me.id} onSignedOut={leave} />
        </MeProvider>
      );
  }
}
