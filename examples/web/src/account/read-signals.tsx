// Whether others are told how far one has read.
import { useMutation, useQuery } from '@apollo/client/react';
import { SetReadSignalsDocument, ViewerReadSignalsDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { Complaint, sentenceOf } from '../ui/complaint';

export function ReadSignals() {
  const { data, error } = useQuery(documentNode(ViewerReadSignalsDocument), { fetchPolicy: 'cache-and-network' });
  const [set, setting] = useMutation(documentNode(SetReadSignalsDocument));
  const problem = error ?? setting.error;
  const on = data?.viewer?.readSignals;
  return (
    <div className="account-part">
      <label className="account-check">
        <input
          type="checkbox"
          checked={on ?? false}
          disabled={on === undefined || setting.loading}
          onChange={(event) => set({ variables: { on: event.target.checked } }).catch(() => {})} // told by `problem`
        />
        Let others see how far I have read
      </label>
      <Complaint sentence={problem && sentenceOf(problem)} />
    </div>
  );
}
