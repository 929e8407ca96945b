// The delivery check can fail: whatever is dropped, swapped, doubled or forged in a sound recording turns it red.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { checkDelivery } from '../faults/bench/delivery-check.js';
import { type Kept, newRecording, type Recording, type Sighting } from '../faults/bench/recording.js';

const ROOM = 'garden';
const COUNT = 6; // messages, from seq 3; then one of them is edited, and one is deleted

let recording: Recording;
let history: Kept[];
const check = () => checkDelivery(recording, [{ roomId: ROOM, head: 2 + COUNT + 2, history }]);

const message = (n: number): Kept => ({
  id: `id-${n}`,
  seq: n + 3,
  authorId: n % 2 ? 'ada' : 'bob',
  key: `key-${n}`,
  content: `words ${n}`,
  version: 1,
});

const sighting = (kind: string, seq: number, { id, authorId, key, content, version }: Kept): Sighting => ({
  seq,
  kind,
  messageId: id,
  authorId,
  key,
  content,
  version,
  at: seq,
});

/** Item of a list that is known to be there. */
function at<T>(list: readonly T[], index: number): T {
  const item = list.at(index);
  if (item === undefined) throw new Error('Not there');
  return item;
}

beforeEach(() => {
  recording = newRecording();
  const sent = Array.from({ length: COUNT }, (_, n) => message(n));
  for (const [n, { key, authorId, content, id, seq }] of sent.entries()) {
    recording.attempts.set(key ?? '', {
      key: key ?? '',
      lane: `lane ${authorId}`,
      number: n,
      roomId: ROOM,
      authorId,
      content: content ?? '',
      startedAt: n,
    });
    recording.acknowledgements.push({ key: key ?? '', messageId: id, seq, at: n });
  }
  const edited = { ...message(1), content: 'better words', version: 2 };
  const deleted = { ...message(2), content: null, version: 2 };
  recording.revisions.set(edited.id, ['better words']);
  recording.revisions.set(deleted.id, [null]);
  history = sent.map((kept) => (kept.id === edited.id ? edited : kept.id === deleted.id ? deleted : kept));
  for (const name of ['quick', 'resumed']) {
    const seen = [
      ...sent.map((kept) => sighting('MessageSent', kept.seq, kept)),
      sighting('MessageEdited', 3 + COUNT, edited),
      sighting('MessageDeleted', 4 + COUNT, deleted),
    ];
    recording.listenings.push({ name, roomId: ROOM, from: 2, seen, outages: [] });
  }
});

describe('the delivery check', () => {
  it('has nothing to say of a sound recording', () => {
    expect(check()).toEqual([]);
  });

  const seen = () => at(recording.listenings, 0).seen;
  const spoilt: [string, () => void, RegExp][] = [
    ['an event that a listener never saw', () => seen().splice(3, 1), /saw 7 after 5/],
    ['the last event missing', () => seen().pop(), /saw all up to 9, but the room is at 10/],
    ['an event seen twice', () => seen().splice(3, 0, at(seen(), 2)), /saw 5 again or late/],
    ['two events swapped', () => seen().splice(2, 2, at(seen(), 3), at(seen(), 2)), /saw 5 again or late/],
    [
      'a listener who was never ready',
      () => {
        at(recording.listenings, 0).from = null;
      },
      /never ready/,
    ],
    [
      'a forged event in place of another',
      () => seen().splice(2, 1, { ...at(seen(), 2), messageId: 'forged' }),
      /saw MessageSent forged at 5/,
    ],
    [
      'an event of another kind',
      () => seen().splice(6, 1, { ...at(seen(), 6), kind: 'MessageDeleted' }),
      /quick|resumed/,
    ],
    [
      'an edit that a listener has not got',
      () => seen().splice(6, 1, { ...at(seen(), 6), content: 'old' }),
      /history has/,
    ],
    ['an old text at the end', () => seen().splice(7, 1, { ...at(seen(), 7), version: 3 }), /history has version 2/],
    ['an acknowledged message lost', () => history.splice(3, 1), /key-3 was acknowledged as 6 .* not in history/],
    [
      'an acknowledgement of another place',
      () => recording.acknowledgements.splice(3, 1, { ...at(recording.acknowledgements, 3), seq: 9 }),
      /was acknowledged as id-3 at 9, but is id-3 at 6/,
    ],
    [
      'a message there twice',
      () => history.splice(4, 0, { ...at(history, 3), id: 'twin', seq: 6.5 }),
      /is there twice/,
    ],
    ['a message that was never sent', () => history.push({ ...message(9), seq: 99 }), /99 of garden was never sent/],
    [
      'a message in the name of another',
      () => history.splice(3, 1, { ...at(history, 3), authorId: 'mallory' }),
      /never sent/,
    ],
    [
      'words that nobody wrote',
      () => history.splice(3, 1, { ...at(history, 3), content: 'forged' }),
      /what nobody wrote/,
    ],
    ['history out of order', () => history.splice(2, 2, at(history, 3), at(history, 2)), /stands after/],
    [
      "one sender's messages out of order",
      () => recording.attempts.set('key-0', { ...at([...recording.attempts.values()], 0), number: 5 }),
      /another order/,
    ],
  ];
  it.each(spoilt)('turns red at %s', (_, spoil, complaint) => {
    spoil();
    expect(check().join('\n')).toMatch(complaint);
  });
});
