// Which subscriptions are told the same: found in their documents alone, and in doubt they are not.
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { Sharing } from '../../src/gateway/shareable.js';

const schema = buildSchema(`
  interface Item { cursor: String! name: String }
  type Sent implements Item { cursor: String! name: String message: Message! }
  type Named implements Item { cursor: String! name: String }
  type Message { id: ID! text(upTo: Int, around: String): String mine: Boolean replies(first: Int): MessageConnection! }
  type MessageConnection { totalCount: Int! }
  type Query { nothing: Int }
  type Subscription { items(room: ID!, after: String): Item! }
`);
for (const [type, field] of [
  ['Message', 'mine'],
  ['Named', 'name'],
]) {
  const { [field ?? '']: marked } = (schema.getType(type ?? '') as import('graphql').GraphQLObjectType).getFields();
  Object.assign(marked ?? {}, { extensions: { perViewer: true } });
}

const sharing = new Sharing();
const key = (text: string, variables: Record<string, unknown> = {}, name?: string) =>
  sharing.key(schema, parse(text), name, variables);

const listen = (selection: string, args = 'room: $room, after: $after', more = '') =>
  `subscription Listen($room: ID!, $after: String${more}) { items(${args}) { ${selection} } }`;
const PLAIN = listen('__typename cursor ... on Sent { message { id text } }');

describe('two subscriptions', () => {
  it('share what they are told, wherever each of them stands', () => {
    const here = key(PLAIN, { room: 'garden', after: 'here' });
    expect(here).not.toBeNull();
    expect(key(PLAIN, { room: 'garden', after: 'there' })).toBe(here);
    expect(key(PLAIN, { room: 'garden' })).toBe(here);
    expect(key(PLAIN, { room: 'garden', unknown: 'of no use' })).toBe(here);
    expect(key(PLAIN, { room: 'kitchen' })).not.toBe(here);
  });

  it('share when the place stands in the document as well', () => {
    const at = (place: string) =>
      `subscription Listen($room: ID!) { items(room: $room, after: "${place}") { cursor ...F } } fragment F on Item { __typename }`;
    expect(key(at('here'), { room: 'garden' })).toBe(key(at('there'), { room: 'garden' }));
  });

  it('do not share when they ask for other things', () => {
    const more = ', $upTo: Int';
    const text = listen('... on Sent { message { text(upTo: $upTo) } }', undefined, more);
    expect(key(text, { room: 'garden', upTo: 1 })).not.toBeNull();
    expect(key(text, { room: 'garden', upTo: 1 })).not.toBe(key(text, { room: 'garden', upTo: 2 }));
    expect(key(text, { room: 'garden' })).not.toBe(key(PLAIN, { room: 'garden' }));
    const two = `${listen('cursor').replace('Listen', 'One')} ${listen('cursor __typename').replace('Listen', 'Two')}`;
    expect(key(two, { room: 'garden' }, 'One')).not.toBe(key(two, { room: 'garden' }, 'Two'));
  });
});

describe('a subscription is for one person alone', () => {
  it.each([
    ['selects a field that depends on who asks', '... on Sent { message { mine } }'],
    ['selects it under another name', '... on Sent { message { id yours: mine } }'],
    ['selects it by way of a fragment', '...F'],
    ['selects a list', '... on Sent { message { replies { totalCount } } }'],
    ['selects it on the interface of a type that has it marked', 'name'],
  ])('when it %s', (_, selection) => {
    const fragment =
      selection === '...F' ? 'fragment F on Sent { message { ...G } } fragment G on Message { mine }' : '';
    expect(key(`${listen(selection)} ${fragment}`, { room: 'garden' })).toBeNull();
  });

  it('when the variable of its place is used for something else too', () => {
    const text = listen('... on Sent { message { text(around: $after) } }');
    expect(key(text, { room: 'garden', after: 'here' })).toBeNull();
  });

  it('when it asks at the root by way of a fragment', () => {
    expect(key('subscription S { ...F } fragment F on Subscription { items(room: "garden") { cursor } }')).toBeNull();
  });

  it('but not because of what another operation of the document asks', () => {
    const other = listen('... on Sent { message { mine } }').replace('Listen', 'Other');
    expect(key(`${PLAIN} ${other}`, { room: 'garden' }, 'Listen')).toBe(key(PLAIN, { room: 'garden' }));
    expect(key(`${PLAIN} ${other}`, { room: 'garden' }, 'Other')).toBeNull();
  });
});
