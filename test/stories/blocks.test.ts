// Blocks: who may no longer write to somebody, and that nobody is told.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as documents from '../support/documents.js';
import { type Guest, PASSWORD } from '../support/guest.js';
import { House } from '../support/house.js';
import type { UserSeen } from '../support/seen.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(() => house.everyoneLeaves());
afterAll(() => house.close());

const block = async (who: Guest, whom: Guest) =>
  (await who.ask<{ blockUser: { blockedUsers: UserSeen[] } }>(documents.BLOCK, { userId: whom.id })).blockUser
    .blockedUsers;
const unblock = (who: Guest, whom: Guest) => who.ask(documents.UNBLOCK, { userId: whom.id });
const blockedBy = async (who: Guest) =>
  (await who.ask<{ viewer: { blockedUsers: UserSeen[] } }>(documents.BLOCKED)).viewer.blockedUsers;
const direct = (who: Guest, ...others: Guest[]) => who.createRoom('', { kind: 'DIRECT', with: others });

describe('somebody who is blocked', () => {
  it('opens no new direct room, but finds the one that there is', async () => {
    const [ada, mallory, cleo] = await house.guests('ada', 'mallory', 'cleo');
    const shared = await direct(mallory, ada);
    expect(await block(ada, mallory)).toMatchObject([{ id: mallory.id }]);

    expect((await direct(mallory, ada)).id).toBe(shared.id);
    await expect(direct(mallory, ada, cleo)).rejects.toHaveCode('FORBIDDEN');
    expect(await direct(ada, mallory, cleo)).toMatchObject({ kind: 'DIRECT' }); // she may write to him
    await unblock(ada, mallory);
    await direct(mallory, ada, cleo);
  });

  it('reads the direct rooms that they share, larger ones too, and writes nothing there', async () => {
    const [ada, mallory, cleo] = await house.guests('ada', 'mallory', 'cleo');
    for (const room of [await direct(mallory, ada), await direct(mallory, ada, cleo)]) {
      const before = await mallory.send(room, 'hello', 'hello');
      const heard = await mallory.listen(room);
      await block(ada, mallory);

      for (const door of ['post', 'say'] as const) {
        await expect(
          mallory.ask(documents.SEND, { input: { roomId: room.id, content: 'answer me' } }, door),
        ).rejects.toHaveCode('FORBIDDEN');
        await expect(
          mallory.ask(documents.EDIT, { input: { messageId: before.id, content: 'answer me' } }, door),
        ).rejects.toHaveCode('FORBIDDEN');
      }
      expect(await mallory.send(room, 'hello', 'hello')).toEqual(before); // a repeat says nothing new
      const answer = await ada.send(room, 'please stop');
      expect(await heard.next()).toMatchObject({ message: { id: answer.id } });
      await mallory.delete(before);
      expect((await mallory.history(room)).nodes).toHaveLength(2);

      await unblock(ada, mallory);
      await mallory.send(room, 'sorry');
    }
  });

  it('may speak where others meet, and is told of a block no more than of an account that is gone', async () => {
    const [ada, bob, mallory] = await house.guests('ada', 'bob', 'mallory');
    const garden = await ada.createRoom('garden', { with: [mallory] });
    const [withAda, withBob] = [await direct(mallory, ada), await direct(mallory, bob)];
    const heard = await mallory.listen(withAda);
    await block(ada, mallory);
    await heard.isSilent();
    await mallory.send(garden, 'hello everyone');
    await bob.ask(documents.DELETE_ACCOUNT, { password: PASSWORD });

    const refusal = (roomId: string) => mallory.post(documents.SEND, { input: { roomId, content: 'hello?' } });
    const [blocked, gone] = [await refusal(withAda.id), await refusal(withBob.id)];
    expect(blocked.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(blocked).toEqual(gone);
    expect(JSON.stringify(blocked)).not.toMatch(/block/i);
  });
});

describe('a block', () => {
  it('is one’s own affair: twice is once, the last one first, and nobody else sees it', async () => {
    const [ada, bob, mallory] = await house.guests('ada', 'bob', 'mallory');
    await block(ada, bob);
    await block(ada, mallory);
    expect((await block(ada, mallory)).map(({ id }) => id)).toEqual([mallory.id, bob.id]);
    expect(await blockedBy(mallory)).toEqual([]);
    await mallory.ask(documents.UNBLOCK, { userId: mallory.id }); // is not his to lift
    await mallory.ask(documents.UNBLOCK, { userId: 'rubbish' });
    expect(await blockedBy(ada)).toHaveLength(2);
    await expect(block(ada, ada)).rejects.toHaveCode('BAD_USER_INPUT', { field: 'userId' });
    for (const userId of [documents.NOWHERE, 'rubbish'])
      await expect(ada.ask(documents.BLOCK, { userId })).rejects.toHaveCode('NOT_FOUND', { field: 'userId' });
    for (const document of [documents.BLOCK, documents.UNBLOCK])
      await expect(house.stranger().ask(document, { userId: ada.id })).rejects.toHaveCode('UNAUTHENTICATED');
  });
});
