// A process that dies in the middle of it: what was acknowledged is there, and who listens goes on without a hole.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Guest } from '../support/guest.js';
import { House, onServices } from '../support/house.js';
import { ParleyProcess } from '../support/parley-process.js';
import type { HouseEvent, MessageSeen, RoomSeen } from '../support/seen.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(() => house.everyoneLeaves());
afterAll(() => house.close());

/** Sends until the other side is gone. Tells what was acknowledged. */
async function sendUntilTheEnd(guest: Guest, room: RoomSeen, acknowledged: MessageSeen[]): Promise<void> {
  for (let n = 0; ; n += 1) {
    try {
      acknowledged.push(await guest.send(room, `message ${n}`, randomUUID()));
    } catch {
      return;
    }
  }
}

describe('kill -9 while people write', () => {
  it('loses nothing that was acknowledged, and leaves no hole for who resumes', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    ada.url = house.url;
    bob.url = house.url;
    const room = await ada.createRoom('garden', { with: [bob] });
    const heard = await bob.listen(room);
    const acknowledged: MessageSeen[] = [];
    const lanes = Array.from({ length: 4 }, () => sendUntilTheEnd(ada, room, acknowledged));
    const seen: HouseEvent[] = await heard.nextOnes(50);

    await house.processes[0]?.kill();
    await Promise.all(lanes);
    for (;;) {
      const event = await heard.next().catch(() => null);
      if (!event) break;
      seen.push(event);
    }
    await house.restart();
    await bob.leave();

    const resumed = await bob.listen(room, { after: seen.at(-1)?.cursor ?? '' });
    const after = await ada.send(room, 'after the crash');
    const missed = await resumed.nextOnes(after.seq - (seen.at(-1)?.seq ?? 0));
    const everything = [...seen, ...missed];
    expect(everything.map(({ seq }) => seq)).toEqual(everything.map((_, n) => n + 3));
    const byId = new Map(everything.map((event) => [event.message?.id, event.message]));
    for (const message of acknowledged) expect(byId.get(message.id)).toEqual(message);
    expect(acknowledged.length).toBeGreaterThan(40);
  }, 60_000);
});

if (!onServices) {
  describe('an embedded data directory', () => {
    it('is not opened by a second process, which says so and harms nothing', async () => {
      const [ada] = await house.guests('ada');
      const room = await ada.createRoom('garden');
      const second = ParleyProcess.spawn(house.environment);
      expect(await second.ended()).toMatchObject({ code: 1 });
      expect(second.stderr).toContain(`is in use by process ${house.processes[0]?.pid}`);
      expect((await ada.send(room, 'unharmed')).seq).toBe(2);
    });
  });
}

describe('a start', () => {
  it.each([
    ['DATABASE_URL', 'localhost', /^DATABASE_URL must start with postgresql:\/\//],
    ['PORT', '80000', /^PORT must be at most 65535 but is "80000"\.$/],
    ['SESSION_TTL', '30', /^SESSION_TTL must be a duration such as .* but is "30"\.$/],
    ['ALLOWED_ORIGINS', 'chat.example.org', /^ALLOWED_ORIGINS must list whole origins/],
    ['DATABASE_URL', 'mysql://root:secret@db/chat', /^(?!.*secret)DATABASE_URL must start with/],
  ])('with a wrong %s is refused in one sentence', async (name, value, sentence) => {
    const process = ParleyProcess.spawn({ [name]: value });
    expect(await process.ended()).toMatchObject({ code: 1 });
    expect(process.stderr.trim()).toMatch(sentence);
    expect(process.stderr.trim().split('\n')).toHaveLength(1);
  });
});
