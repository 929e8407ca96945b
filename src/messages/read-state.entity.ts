// How far a member has read. Its row is made when it first moves: until then the membership says where reading began.
import { PrimaryKeyProp } from '@mikro-orm/core';
import { Entity, Enum, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { MembershipRow } from '../rooms/membership.entity.js';
import { NotifyLevel } from './read-state.model.js';

@Entity({ tableName: 'read_states' })
export class ReadStateRow {
  [PrimaryKeyProp]?: 'membershipId';

  @ManyToOne({
    entity: () => MembershipRow,
    mapToPk: true,
    fieldName: 'membership_id',
    primary: true,
    index: false,
    deleteRule: 'cascade',
    updateRule: 'no action',
  })
  membershipId!: string;

  /** Only ever raised. Own messages need not move it: whoever has spoken has read up to there. */
  @Property({ type: 'integer' })
  lastReadSeq!: number;

  @Enum({ items: () => NotifyLevel, type: 'text', default: NotifyLevel.ALL })
  notify: NotifyLevel = NotifyLevel.ALL;
}
