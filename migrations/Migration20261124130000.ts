// The index of a person's own messages in a room is made for one question, and stands in the way of another.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261124130000 extends Migration {
  override up(): void {
    // Who repeats a send is looked up by room, author and key. While people have said little the planner thinks this index
    // as good for it, and then reads all that one person ever said in the room. Partial, it serves only who says `seq > 0`.
    this.addSql('drop index messages_author_index');
    this.addSql('create index messages_author_index on messages (room_id, author_id, seq) where seq > 0');
  }
}
