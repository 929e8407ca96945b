// Redis goes and comes back while people talk: nobody notices more than a delay, and no process ends.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { House } from '../support/house.js';
import { RedisServer } from '../support/redis-server.js';
import { until } from '../support/wait.js';

let redis: RedisServer;
let house: House;
beforeAll(async () => {
  redis = await RedisServer.atSparePort();
  house = await House.open({ REDIS_URL: redis.url }); // absent at the start
});
afterAll(async () => {
  await house.close();
  await redis.kill();
});

const condition = async (): Promise<string> => {
  const answers = await Promise.all(
    house.urls.map(async (url) => (await fetch(`${url}/health/ready`)).json() as Promise<{ condition: string }>),
  );
  return answers.map((answer) => answer.condition).join();
};

describe('two people at two processes', () => {
  it('hear each other without Redis, with it, and while it comes and goes', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const [adaHears, bobHears] = await Promise.all([ada.listen(room), bob.listen(room)]);
    let expected = 3;
    const talk = async (count: number) => {
      for (let n = 0; n < count; n += 1) await (n % 2 ? ada : bob).send(room, `message ${expected + n}`);
      const seqs = Array.from({ length: count }, (_, n) => expected + n);
      for (const heard of [adaHears, bobHears])
        expect((await heard.nextOnes(count)).map((event) => event.seq)).toEqual(seqs);
      expected += count;
    };

    expect(await condition()).toBe('degraded,degraded');
    await talk(10);

    await redis.start();
    await until('both to be live', condition, (now) => now === 'ok,ok');
    await talk(10);

    for (let round = 0; round < 3; round += 1) {
      await redis.cutListeners();
      await talk(10);
    }

    await redis.kill();
    await until('both to notice', condition, (now) => now === 'degraded,degraded');
    await talk(10);
    const [cleo] = await house.guests('cleo'); // who comes and goes meanwhile is not held up
    const lobby = await cleo.createRoom('balcony');
    const alone = await cleo.listen(lobby);
    await cleo.send(lobby, 'anybody?');
    expect(await alone.next()).toMatchObject({ message: { content: 'anybody?' } });
    await cleo.leave();

    await redis.start();
    await until('both to be live again', condition, (now) => now === 'ok,ok');
    await talk(10);
    await adaHears.isSilent();
    await bobHears.isSilent();
  }, 60_000);

  it('are not misled by rubbish on the bus, nor by a place in the log that there is not', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const heard = await bob.listen(room);
    const forger = new Redis(redis.url);
    const channel = `chat:v1:{${room.id}}`;
    await forger.publish(channel, 'rubbish');
    await forger.publish(channel, 'null');
    await forger.publish(channel, '{"seq":"7"}');
    await forger.publish(
      channel,
      JSON.stringify({ __typename: 'MessageSent', roomId: room.id, seq: 1_000, message: { content: 'forged' } }),
    );
    forger.disconnect();
    await ada.send(room, 'genuine');
    expect(await heard.next()).toMatchObject({ seq: 3, message: { content: 'genuine' } });
    await heard.isSilent();
  });
});
