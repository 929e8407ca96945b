// Who has deleted their account is nameless also in what is kept in memory of a room.
import { describe, expect, it } from '@jest/globals';
import { withoutName } from '../../src/rooms/nameless.js';
import type { MemberLeft, RoomEvent } from '../../src/rooms/room.events.js';
import { namelessFrom, type User } from '../../src/users/user.model.js';

const person = (id: string): User => ({
  id,
  username: id,
  displayName: id,
  avatarUrl: `https://pictures.example/${id}.png`,
  bot: false,
  createdAt: new Date(0),
});
const [ada, bob] = [person('ada'), person('bob')];
const at = new Date(1);
const earlier = {
  __typename: 'MessageSent',
  actor: bob,
  at,
  message: { id: 'm', content: 'bob', author: bob, mentions: [ada, bob] },
} as unknown as RoomEvent;

describe('an event in memory', () => {
  it('shows nobody who has deleted their account, wherever in it they stand, and everyone else as before', () => {
    const nameless = namelessFrom(bob);
    expect(withoutName(earlier, { user: nameless } as MemberLeft)).toEqual({
      __typename: 'MessageSent',
      actor: nameless,
      at,
      message: { id: 'm', content: 'bob', author: nameless, mentions: [ada, nameless] },
    });
  });

  it('stays as it is when somebody merely leaves', () => {
    expect(withoutName(earlier, { user: bob } as MemberLeft)).toBe(earlier);
  });
});
