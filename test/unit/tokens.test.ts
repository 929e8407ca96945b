// A session that has ended is refused here at once, and by every process that hears of it.
import { expect, it } from '@jest/globals';
import { Tokens } from '../../src/auth/tokens.js';
import type { EventBus } from '../../src/bus/event-bus.js';
import { MemoryEventBus } from '../../src/bus/event-bus.memory.js';
import { Viewer } from '../../src/core/viewer.js';
import { until } from '../support/wait.js';

const ada = new Viewer('ada', 'session', new Date(Date.now() + 60_000));
/** What the database says is slow to change: it is asked once a second, and may be asked just before the end. */
const read = async () => ada;
const silent = { subscribe: () => ({ close: () => {} }), publish: () => {} } as unknown as EventBus;

it('is refused by whoever ended it, though nobody on the bus says so', async () => {
  const tokens = new Tokens(silent);
  tokens.onApplicationBootstrap();
  expect(await tokens.lookUp('token', read)).toBe(ada);
  tokens.end([ada.sessionId]);
  expect(await tokens.lookUp('token', read)).toBeNull();
});

it('is refused by who is told, though they have just looked it up', async () => {
  const bus = new MemoryEventBus();
  const [here, there] = [new Tokens(bus), new Tokens(bus)];
  for (const tokens of [here, there]) tokens.onApplicationBootstrap();
  expect(await there.lookUp('token', read)).toBe(ada);
  here.end([ada.sessionId]);
  await until(
    'the end to be heard',
    () => there.lookUp('token', read),
    (viewer) => viewer === null,
  );
  expect(await there.lookUp('another', async () => new Viewer('ada', 'phone', ada.expiresAt))).not.toBeNull();
});
