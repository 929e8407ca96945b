// D6: the connection is cut between the commit and the answer, or the same send comes eight times at once: one message.
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Guest } from '../support/guest.js';
import type { MessageSeen } from '../support/seen.js';
import { figure, report } from './bench/figures.js';
import { SEEDS, short } from './bench/length.js';
import { Stage } from './bench/stage.js';
import type { TcpProxy } from './bench/tcp-proxy.js';

let stage: Stage;
afterEach(() => stage.close());

const TWINS = 8;

/** Between whom the answers are lost. */
const places: [string, (stage: Stage) => TcpProxy[]][] = [
  ['the server and its people', ({ balancer }) => [balancer.proxy]],
  ['the database and the server', ({ sites }) => sites.map(({ toPostgres }) => toPostgres)],
];

describe.each(places)('D6 answers lost between %s', (where, proxiesOf) => {
  it.each(SEEDS)('leave one message per key, the same in every answer, and no hole (seed %i)', async (seed) => {
    stage = await Stage.open();
    const [ada] = (await stage.people(1)) as [Guest];
    const { id: roomId } = await ada.createRoom('garden');
    const heard = await ada.listen(roomId);
    const proxies = proxiesOf(stage);
    const keys = Array.from({ length: short(40, { long: 300 }) }, () => randomUUID());
    let lost = 0;

    for (let at = 0; at < keys.length; at += 10) {
      const some = keys.slice(at, at + 10);
      const asked = some.flatMap((key) =>
        Array.from({ length: TWINS }, () => () => ada.send(roomId, `about ${key}`, key)),
      );
      let sending: Promise<PromiseSettledResult<MessageSeen>[]> | undefined;
      await loseAnswersOf(proxies, async () => {
        sending = Promise.allSettled(asked.map((ask) => ask()));
        await new Promise((resolve) => setTimeout(resolve, 100)); // committed, or on its way
      });
      lost += (await sending)?.filter(({ status }) => status === 'rejected').length ?? 0;
    }
    expect(lost).toBeGreaterThan(0);

    const answers = new Map<string, Set<string>>();
    for (const key of keys) {
      const twins = await Promise.all(Array.from({ length: TWINS }, () => untilAnswered(ada, roomId, key)));
      answers.set(key, new Set(twins.map(({ id, seq }) => `${id} ${seq}`)));
      await expect(ada.send(roomId, 'something else', key)).rejects.toHaveCode('CONFLICT');
    }
    expect([...answers.values()].map(({ size }) => size)).toEqual(keys.map(() => 1));
    const history = await wholeHistory(ada, roomId);
    expect(history.map(({ seq }) => seq)).toEqual(keys.map((_, n) => n + 2));
    expect(new Set(history.map(({ clientMessageId }) => clientMessageId))).toEqual(new Set(keys));
    report('D6', seed, [
      figure(`lost between ${where}: keys, ${TWINS} sends each`, keys.length, 'keys'),
      figure(`lost between ${where}: answers lost`, lost, 'answers'),
    ]);
    heard.stop();
    await ada.leave();
  });
});

async function loseAnswersOf([first, ...others]: TcpProxy[], during: () => Promise<void>): Promise<void> {
  if (!first) return during();
  return first.loseAnswers(() => loseAnswersOf(others, during));
}

async function untilAnswered(guest: Guest, roomId: string, key: string): Promise<MessageSeen> {
  for (;;) {
    try {
      return await guest.send(roomId, `about ${key}`, key);
    } catch (error) {
      const { extensions } = error as { extensions?: { code?: string } };
      if (extensions && extensions.code !== 'UNAVAILABLE') throw error;
    }
  }
}

async function wholeHistory(guest: Guest, roomId: string): Promise<MessageSeen[]> {
  const messages: MessageSeen[] = [];
  for (let after: string | undefined; ; ) {
    const page = await guest.history(roomId, { first: 100, after });
    messages.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return messages;
    after = page.pageInfo.endCursor ?? undefined;
  }
}
