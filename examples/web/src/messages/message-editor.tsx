// Changes one's own message where it stands; a change that somebody else made meanwhile is not written over.
import { useMutation } from '@apollo/client/react';
import { EditMessageDocument, type Message } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useEffect, useRef, useState } from 'react';
import { Complaint } from '../ui/complaint';
import { useSubmit } from '../ui/use-submit';
import { GrowingText } from './growing-text';

export function MessageEditor({ message, onDone }: { message: Message; onDone(): void }) {
  const [text, setText] = useState(message.content ?? '');
  const [version] = useState(message.version); // the text that one began to change
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    area.current?.focus();
    area.current?.setSelectionRange(-1, -1);
    return () => {
      if (opener instanceof HTMLTextAreaElement && opener.isConnected) opener.focus(); // came by arrow from the composer
    };
  }, []);

  const [edit] = useMutation(documentNode(EditMessageDocument));
  const { busy, complaint, run } = useSubmit(async () => {
    const input = { messageId: message.id, content: text, expectedVersion: version };
    if (text !== message.content) await edit({ variables: { input } });
    onDone();
  });
  return (
    <div className="message-editor">
      <GrowingText
        ref={area}
        label="Edit message"
        value={text}
        onChange={setText}
        onEnter={run}
        onKey={(event) => event.key === 'Escape' && onDone()}
      />
      <Complaint sentence={complaint} />
      <div className="message-editor-actions">
        <button type="button" className="button primary small" onClick={run} disabled={busy || !text.trim()}>
          Save
        </button>
        <button type="button" className="button quiet small" onClick={onDone}>
          Cancel
        </button>
        <small>Enter saves, Escape cancels</small>
      </div>
    </div>
  );
}
