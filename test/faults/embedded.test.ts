// D13: the embedded database: killed at any moment while people write, and a second process at the same data.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Guest } from '../support/guest.js';
import { ParleyProcess } from '../support/parley-process.js';
import type { MessageSeen } from '../support/seen.js';
import { sparePort } from '../support/spare-port.js';
import { figure, report } from './bench/figures.js';
import { SEEDS, short } from './bench/length.js';
import { Random } from './bench/random.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'parley-embedded-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('D13 embedded: kill -9 under writes, and a second process meanwhile', () => {
  it.each(SEEDS)(
    'loses nothing that was acknowledged; the second one refuses and harms nothing (seed %i)',
    async (seed) => {
      const random = new Random(seed);
      const environment = { PARLEY_DATA_DIR: join(directory, 'data'), PORT: String(await sparePort()) };
      const rounds = short(4, { long: 15 });
      const acknowledged: MessageSeen[] = [];
      let house = await ParleyProcess.start(environment);
      const ada = await Guest.signUp(house.url, 'ada', 'Ada');
      const { id: roomId } = await ada.createRoom('garden');

      for (let round = 0; round < rounds; round += 1) {
        const lanes = Array.from({ length: 4 }, async (_, lane) => {
          for (let n = 0; ; n += 1) {
            const sent = await ada.send(roomId, `round ${round}, lane ${lane}, ${n}`).catch(() => null);
            if (!sent) return;
            acknowledged.push(sent);
          }
        });
        const second = ParleyProcess.spawn({ ...environment, PORT: '0' });
        expect(await second.ended()).toMatchObject({ code: 1 });
        expect(second.stderr).toContain(`is in use by process ${house.pid}`);
        await new Promise((resolve) => setTimeout(resolve, random.between(200, 1_500)));
        await house.kill();
        await Promise.all(lanes);
        house = await ParleyProcess.start(environment);
      }

      const history: MessageSeen[] = [];
      for (let after: string | undefined; ; ) {
        const page = await ada.history(roomId, { first: 100, after });
        history.push(...page.nodes);
        after = page.pageInfo.endCursor ?? undefined;
        if (!page.pageInfo.hasNextPage) break;
      }
      expect(history.map(({ seq }) => seq)).toEqual(history.map((_, n) => n + 2));
      const byId = new Map(history.map((message) => [message.id, message]));
      expect(acknowledged.filter((message) => byId.get(message.id)?.content !== message.content)).toEqual([]);
      expect(acknowledged.length).toBeGreaterThan(rounds);
      await house.stop();
      report('D13', seed, [
        figure('kills', rounds, 'times'),
        figure('messages acknowledged, none lost', acknowledged.length, 'messages'),
        figure('second processes refused', rounds, 'times'),
      ]);
    },
  );
});
