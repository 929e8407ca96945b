// Sending, hearing, editing, deleting.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { House } from '../support/house';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterAll(() => house.close());

describe('a message', () => {
  it('reaches everyone in the room, once, in order', async () => {
    const [ada, bob, mallory] = await house.guests('ada', 'bob', 'mallory');
    const room = await ada.createRoom('garden', { with: [bob] });
    const heard = await bob.listen(room);

    await ada.send(room, 'first');
    await ada.send(room, 'second');

    expect(await heard.next()).toMatchObject({ __typename: 'MessageSent', seq: 3, message: { content: 'first' } });
    expect(await heard.next()).toMatchObject({ __typename: 'MessageSent', seq: 4, message: { content: 'second' } });
    await heard.isSilent();
    await expect(mallory.listen(room)).rejects.toHaveCode('NOT_FOUND');
  });
});
