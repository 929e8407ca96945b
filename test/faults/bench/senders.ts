// Two kinds of sender that go on until they are acknowledged: one made of the SDK, one that posts by hand. Now and then
// they edit or delete what they have said.
import { randomUUID } from 'node:crypto';
import { ChatClient, ParleyError } from '../../../src/client/index.js';
import type { Guest } from '../../support/guest.js';
import { Refused } from '../../support/guest.js';
import type { Random } from './random.js';
import type { Acknowledgement, Recording } from './recording.js';

const now = (): number => performance.now();
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Voice {
  send(roomId: string, content: string, key: string): Promise<{ id: string; seq: number }>;
  edit(messageId: string, content: string): Promise<unknown>;
  delete(messageId: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface Lane {
  readonly name: string;
  readonly guest: Guest;
  readonly rooms: readonly string[];
  readonly random: Random;
  /** Messages a second. */
  readonly rate: number;
}

/** What may pass when asked again. Everything else would be a fault. */
function passes(error: unknown): boolean {
  const code =
    error instanceof Refused ? error.extensions.code : error instanceof ParleyError ? error.code : 'UNAVAILABLE';
  return code === 'UNAVAILABLE' || code === 'RATE_LIMITED';
}

async function untilDone<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!passes(error)) throw error;
      await pause(50 + Math.random() * 100);
    }
  }
}

function voiceOfSdk(guest: Guest, url: string): Voice {
  const client = new ChatClient({ url: `${url}/graphql`, headers: { cookie: guest.cookie } });
  return {
    send: (roomId, content, clientMessageId) =>
      client.send(roomId, content, { clientMessageId, persistForMs: Number.POSITIVE_INFINITY }),
    edit: (messageId, content) => untilDone(() => client.edit(messageId, content)),
    delete: (messageId) => untilDone(() => client.delete(messageId)),
    close: () => client.close(),
  };
}

function voiceByHand(guest: Guest): Voice {
  return {
    send: (roomId, content, key) => untilDone(() => guest.send(roomId, content, key)),
    edit: (messageId, content) => untilDone(() => guest.edit({ id: messageId }, content)),
    delete: (messageId) => untilDone(() => guest.delete({ id: messageId })),
    close: async () => {},
  };
}

export class Sender {
  private readonly voice: Voice;
  private stopped = false;
  /** What it is about, when it is about something. */
  busyWith: string | null = null;
  private readonly talking: Promise<void>;

  constructor(
    private readonly lane: Lane,
    kind: 'sdk' | 'hand',
    url: string,
    private readonly recording: Recording,
  ) {
    this.voice = kind === 'sdk' ? voiceOfSdk(lane.guest, url) : voiceByHand(lane.guest);
    this.talking = this.talk();
    this.talking.catch(() => {}); // told by finish()
  }

  /** Says no more. Resolves when all that was begun has been acknowledged. */
  async finish(): Promise<void> {
    this.stopped = true;
    await this.talking;
    await this.voice.close();
  }

  private async talk(): Promise<void> {
    const { random, rate } = this.lane;
    for (let number = 1; !this.stopped; number += 1) {
      const began = now();
      const sent = await this.say(number);
      if (random.next() < 0.1) await this.think(sent);
      await pause(Math.max(0, (1_000 / rate) * (0.5 + random.next()) - (now() - began)));
    }
  }

  private async say(number: number): Promise<Acknowledgement> {
    const { name, guest, rooms, random } = this.lane;
    const roomId = random.of(rooms);
    const key = randomUUID();
    const content = `${name} says ${number}: ${'ä€😀 '.repeat(random.between(0, 8))}`.trim();
    const attempt = { key, lane: name, number, roomId, authorId: guest.id, content, startedAt: now() };
    this.recording.attempts.set(key, attempt);
    this.busyWith = `${name}, sending ${key}`;
    const { id, seq } = await this.voice.send(roomId, content, key);
    this.busyWith = null;
    const acknowledgement = { key, messageId: id, seq, at: now() };
    this.recording.acknowledgements.push(acknowledgement);
    return acknowledgement;
  }

  /** Better of what was said: the attempt is recorded first, for an answer that was lost may have been a yes. */
  private async think({ messageId }: Acknowledgement): Promise<void> {
    const edit = this.lane.random.next() < 0.7;
    const content = edit ? `${this.lane.name} thinks better of it` : null;
    this.recording.revisions.set(messageId, [...(this.recording.revisions.get(messageId) ?? []), content]);
    this.busyWith = `${this.lane.name}, ${edit ? 'editing' : 'deleting'} ${messageId}`;
    await (content === null ? this.voice.delete(messageId) : this.voice.edit(messageId, content));
    this.busyWith = null;
  }
}
