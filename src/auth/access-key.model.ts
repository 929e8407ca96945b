// An access key, as its owner sees it.
import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Node } from '../core/node.js';
import { moment, momentOrNull } from '../database/database.js';

export enum AccessScope {
  READ = 'READ',
  WRITE = 'WRITE',
}

registerEnumType(AccessScope, {
  name: 'AccessScope',
  description: 'What may be done with an access key.',
  valuesMap: {
    READ: { description: 'Queries and subscriptions. Any mutation is FORBIDDEN.' },
    WRITE: {
      description:
        'What its owner may do, except for the account itself: no access keys, no password, no sessions, no deletion.',
    },
  },
});

@ObjectType({
  implements: () => [Node],
  description:
    'A key for scripts and bots. Over HTTP: `Authorization: Bearer`; on the socket: `token` in the payload of `connection_init`. A cookie beside it is not looked at.',
})
export class AccessKey extends Node {
  @Field({ description: '1 to 64 characters: what it is for.' })
  label!: string;

  @Field(() => AccessScope)
  scope!: AccessScope;

  @Field()
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it was last used, to within some minutes. Null: never.' })
  lastUsedAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it ends; its sockets close with 4403. Null: never.' })
  expiresAt!: Date | null;
}

@ObjectType({ description: 'An access key that was just made.' })
export class NewAccessKey {
  @Field(() => AccessKey)
  key!: AccessKey;

  @Field({ description: '`parley_` and 43 characters. This is the only time that it is shown.' })
  secret!: string;
}

@InputType()
export class CreateAccessKeyInput {
  @Field({ description: '1 to 64 characters: what it is for.' })
  label!: string;

  @Field(() => AccessScope)
  scope!: AccessScope;

  @Field(() => Date, {
    nullable: true,
    description: 'When it ends, which must be in the future. Absent or null: never.',
  })
  expiresAt?: Date | null;
}

/** A row of `access_keys` as SQL hands it out. */
export interface AccessKeyRecord {
  id: string;
  label: string;
  scope: AccessScope;
  created_at: string;
  last_used_at: string | null;
  expires_at: string | null;
}

export const toAccessKey = (row: AccessKeyRecord): AccessKey => ({
  id: row.id,
  label: row.label,
  scope: row.scope,
  createdAt: moment(row.created_at),
  lastUsedAt: momentOrNull(row.last_used_at),
  expiresAt: momentOrNull(row.expires_at),
});
