// The key that the processes of this database share, to seal what they tell each other. Made by a migration, and anew in a copy.
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

@Entity({ tableName: 'shared_keys' })
export class SharedKeyRow {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'blob' })
  key!: Buffer;

  /** The newest one counts. */
  @Property({ type: 'datetime', length: 3, defaultRaw: 'clock_timestamp()' })
  createdAt!: Date;
}
