// The example bot as its reader runs it: a process of its own with an access key, and nothing else.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as documents from '../support/documents.js';
import type { Guest } from '../support/guest.js';
import { House } from '../support/house.js';
import { until, within } from '../support/wait.js';

const BOT = fileURLToPath(new URL('../../examples/bot/bot.ts', import.meta.url));

let house: House;
let running: ChildProcess | undefined;
beforeAll(async () => {
  house = await House.open();
});
afterAll(async () => {
  running?.kill('SIGKILL');
  await house.close();
});

/** Starts it, and keeps what it says. */
function run(owner: Guest, token: string): { child: ChildProcess; said: () => string } {
  const environment = { PATH: process.env.PATH, PARLEY_URL: `${owner.url}/graphql`, PARLEY_TOKEN: token };
  const child = spawn(process.execPath, [BOT], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  running = child;
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      said += String(chunk);
    });
  return { child, said: () => said };
}

describe('the example bot', () => {
  it('answers each command once, and ends when its key is revoked', async () => {
    const [ada, dice] = await house.guests('ada', 'dice');
    const room = await ada.createRoom('garden', { with: [dice] });
    const { createAccessKey } = await dice.ask<{ createAccessKey: { secret: string; key: { id: string } } }>(
      documents.CREATE_KEY,
      { input: { label: 'example', scope: 'WRITE' } },
    );
    const heard = await ada.listen(room);
    const bot = run(dice, createAccessKey.secret);
    const exited = once(bot.child, 'exit');
    await until('the bot to listen', bot.said, (text) => text.includes(room.id), 20_000);

    const asked = await ada.send(room, '!ping');
    await ada.send(room, 'and now something else');
    await ada.send(room, '!roll 1');

    const contents: unknown[] = [];
    while (contents.length < 5) {
      const { message } = await heard.next();
      contents.push(message?.content);
      if (message?.content === 'pong')
        expect(message).toMatchObject({ author: { id: dice.id }, clientMessageId: `answer-${asked.id}` });
    }
    expect(contents.toSorted()).toEqual(['!ping', '!roll 1', 'ada rolls 1.', 'and now something else', 'pong']);
    await heard.isSilent();

    await dice.ask(documents.REVOKE_KEY, { id: createAccessKey.key.id });
    expect(await within('the bot to end', exited)).toEqual([1, null]);
    expect(bot.said()).toContain('UNAUTHENTICATED');
  }, 60_000);
});
