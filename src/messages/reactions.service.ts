// Reactions: adding one, taking it back.
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { conflict } from '../core/errors.js';
import type { Viewer } from '../core/viewer.js';
import { reactionEmoji } from './emoji.js';
import type { Message } from './message.model.js';
import { MessageChanges } from './message-changes.js';
import { ReactionLists } from './reaction.lists.js';
import type { ReactionGroup, ReactionInput } from './reaction.model.js';
import { SendRate } from './send-rate.js';

export const EMOJIS_MAX = 20; // different ones on one message: two rows of them on a phone

@Injectable()
export class ReactionsService {
  constructor(
    private readonly changes: MessageChanges,
    private readonly lists: ReactionLists,
    private readonly rate: SendRate,
  ) {}

  async add(viewer: Viewer, input: ReactionInput): Promise<Message> {
    const emoji = reactionEmoji(input.emoji);
    return this.changes.change(viewer, input.messageId, async ({ unit, message, standing }) => {
      this.rate.take(viewer, message.roomId);
      standing.requireOpen().requireSpeaker();
      if (message.deletedAt) throw conflict('The message is deleted.', { currentVersion: message.version });
      if (await this.hasReacted(viewer, message, emoji)) return message; // twice is once
      const reactions = withOneMore(message, emoji);
      if (reactions.length > EMOJIS_MAX) {
        const sentence = `The message has ${EMOJIS_MAX} different emojis already: react with one of them.`;
        throw conflict(sentence, { field: 'emoji', limit: EMOJIS_MAX });
      }
      const next = { ...message, reactions };
      const { seq } = await this.changes.tell(unit, viewer, 'ReactionAdded', message, () => next, { emoji });
      await unit.query(sql`
        insert into message_reactions (message_id, user_id, emoji, seq)
        values (${message.id}, ${viewer.userId}, ${emoji}, ${seq})`);
      return next;
    });
  }

  async remove(viewer: Viewer, input: ReactionInput): Promise<Message> {
    const emoji = reactionEmoji(input.emoji);
    return this.changes.change(viewer, input.messageId, async ({ unit, message, standing }) => {
      this.rate.take(viewer, message.roomId);
      standing.requireOpen();
      if (!(await this.hasReacted(viewer, message, emoji))) return message; // also when the message is deleted
      await unit.query(sql`
        delete from message_reactions
        where message_id = ${message.id} and user_id = ${viewer.userId} and emoji = ${emoji}`);
      const [next = message] = await this.lists.attach([message]); // who is first now, the rows know
      await this.changes.tell(unit, viewer, 'ReactionRemoved', message, () => next, { emoji });
      return next;
    });
  }

  private async hasReacted(viewer: Viewer, message: Message, emoji: string): Promise<boolean> {
    const [emojis] = await this.lists.ofUser(viewer.userId, [message.id]);
    return emojis?.includes(emoji) ?? false;
  }
}

/** A new emoji comes last; one that is there keeps its place. */
function withOneMore({ id, reactions = [] }: Message, emoji: string): ReactionGroup[] {
  if (!reactions.some((group) => group.emoji === emoji)) return [...reactions, { messageId: id, emoji, count: 1 }];
  return reactions.map((group) => (group.emoji === emoji ? { ...group, count: group.count + 1 } : group));
}
