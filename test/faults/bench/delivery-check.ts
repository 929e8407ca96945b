// The delivery check: every acknowledged message is in history exactly once; every listener saw every event after its
// first StreamReady exactly once, rising, without a hole; all agree; senders keep their order; nothing was made up.
import type { Kept, Listening, Recording, Sighting, Truth } from './recording.js';

const ENOUGH = 20; // complaints; a broken run has thousands of the same

/** What is wrong, one sentence each; nothing when the promise was kept. */
export function checkDelivery(recording: Recording, truths: readonly Truth[]): string[] {
  const complaints = truths.flatMap((truth) => {
    const listenings = recording.listenings.filter(({ roomId }) => roomId === truth.roomId);
    return [
      ...historyIsSound(truth, recording),
      ...acknowledgedIsKept(truth, recording),
      ...lanesKeepTheirOrder(truth, recording),
      ...listenings.flatMap((listening) => nothingIsMissing(listening, truth)),
      ...allAgree(listenings, truth),
      ...listenings.flatMap((listening) => foldsToHistory(listening, truth)),
    ];
  });
  return complaints.slice(0, ENOUGH);
}

function historyIsSound({ history, roomId }: Truth, { attempts, revisions }: Recording): string[] {
  const complaints: string[] = [];
  const keys = new Set<string>();
  let last = 0;
  for (const message of history) {
    const what = `Message ${message.seq} of ${roomId}`;
    if (message.seq <= last) complaints.push(`${what} stands after ${last}`);
    last = message.seq;
    const attempt = attempts.get(message.key ?? '');
    if (!attempt || attempt.roomId !== roomId || attempt.authorId !== message.authorId) {
      complaints.push(`${what} was never sent`);
      continue;
    }
    if (keys.has(attempt.key)) complaints.push(`${what} is there twice`);
    keys.add(attempt.key);
    const possible = [attempt.content, ...(revisions.get(message.id) ?? [])];
    if (!possible.includes(message.content)) complaints.push(`${what} says what nobody wrote: ${message.content}`);
  }
  return complaints;
}

function acknowledgedIsKept({ history, roomId }: Truth, { acknowledgements, attempts }: Recording): string[] {
  const kept = new Map(history.map((message) => [message.key, message]));
  return acknowledgements
    .filter(({ key }) => attempts.get(key)?.roomId === roomId)
    .flatMap(({ key, messageId, seq }) => {
      const message = kept.get(key);
      if (!message) return [`${key} was acknowledged as ${seq} of ${roomId} and is not in history`];
      if (message.id === messageId && message.seq === seq) return [];
      return [`${key} was acknowledged as ${messageId} at ${seq}, but is ${message.id} at ${message.seq}`];
    });
}

function lanesKeepTheirOrder({ history }: Truth, { attempts }: Recording): string[] {
  const sent = history.flatMap(({ key }) => attempts.get(key ?? '') ?? []);
  return [...Map.groupBy(sent, ({ lane }) => lane)].flatMap(([lane, ofLane]) => {
    const numbers = ofLane.map(({ number }) => number);
    return numbers.every((number, at) => at === 0 || number > (numbers[at - 1] ?? 0))
      ? []
      : [`${lane} sent in another order than ${numbers}`];
  });
}

function nothingIsMissing({ name, from, seen }: Listening, { head, roomId }: Truth): string[] {
  const who = `${name} in ${roomId}`;
  if (from === null) return [`${who} was never ready`];
  const complaints: string[] = [];
  let expected = from + 1;
  for (const { seq } of seen) {
    if (seq > expected) complaints.push(`${who} saw ${seq} after ${expected - 1}`);
    if (seq < expected) complaints.push(`${who} saw ${seq} again or late, after ${expected - 1}`);
    expected = Math.max(expected, seq + 1);
  }
  if (expected !== head + 1) complaints.push(`${who} saw all up to ${expected - 1}, but the room is at ${head}`);
  return complaints;
}

/** Of every place in the log, all who saw it saw the same; and history agrees where it is about a message sent. */
function allAgree(listenings: readonly Listening[], { history, roomId }: Truth): string[] {
  const agreed = new Map<number, string>(history.map(({ seq, id }) => [seq, `MessageSent ${id}`]));
  const complaints: string[] = [];
  for (const { name, seen } of listenings) {
    for (const sighting of seen) {
      const said = saidBy(sighting);
      const before = agreed.get(sighting.seq);
      if (before === undefined && sighting.kind !== 'MessageSent') agreed.set(sighting.seq, said);
      else if (before !== said) complaints.push(`${name} saw ${said} at ${sighting.seq} of ${roomId}, not ${before}`);
    }
  }
  return complaints;
}

const saidBy = ({ kind, messageId }: Sighting): string => (messageId === null ? kind : `${kind} ${messageId}`);

/** Each message as this listener has it when all events are folded in, against history. */
function foldsToHistory({ name, seen }: Listening, { history, roomId }: Truth): string[] {
  const newest = new Map<string, Sighting>();
  for (const sighting of seen) {
    if (sighting.messageId === null) continue;
    const known = newest.get(sighting.messageId);
    if (!known || sighting.version >= known.version) newest.set(sighting.messageId, sighting);
  }
  const kept = new Map<string, Kept>(history.map((message) => [message.id, message]));
  return [...newest].flatMap(([id, { seq, content, version }]) => {
    const message = kept.get(id);
    if (message && message.content === content && message.version === version) return [];
    const has = message ? `version ${message.version}: ${message.content}` : 'nothing';
    return [`${name} in ${roomId} ended, at ${seq}, with version ${version}: ${content}; history has ${has}`];
  });
}
