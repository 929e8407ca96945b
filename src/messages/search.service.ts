// Finding messages again, in the rooms that one may read.
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { sql } from 'kysely';
import { SettingError, Settings } from '../config/config.js';
import { readPage } from '../core/connection.js';
import { badInput } from '../core/errors.js';
import { isId } from '../core/ids.js';
import { log } from '../core/logging.js';
import { searchQuery } from '../core/text.js';
import type { Viewer } from '../core/viewer.js';
import { RoomAccess } from '../rooms/room-access.js';
import { type Filter, SearchLists } from './search.lists.js';
import type { MessageSearchInput, SearchConnection } from './search.model.js';

const NOTHING: SearchConnection = {
  edges: [],
  nodes: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
};

@Injectable()
export class SearchService implements OnApplicationBootstrap {
  constructor(
    private readonly access: RoomAccess,
    private readonly lists: SearchLists,
    private readonly settings: Settings,
  ) {}

  /** A configuration that nobody knows would fail every search; one without an index would only be slow. */
  async onApplicationBootstrap(): Promise<void> {
    const { searchConfiguration: name } = this.settings;
    if (name === 'simple') return; // every database has it, and a migration has made its index
    const { known, indexed } = await this.lists.state();
    if (!known) throw new SettingError(`The database has no text search configuration "${name}". Try simple.`);
    if (!indexed)
      log.warn({ name }, 'Messages have no index for this text search configuration: see docs/operations.md');
  }

  async messages(
    viewer: Viewer,
    input: MessageSearchInput,
    first: number | null,
    after: string | null,
  ): Promise<SearchConnection> {
    const text = searchQuery(input.text);
    const page = readPage({ first, after });
    const filters = [this.access.readable(viewer), ...filtersOf(input)];
    if (input.roomId != null) await this.access.reader(viewer, input.roomId);
    if (input.authorId != null && !isId(input.authorId)) return NOTHING;
    const kind = await this.lists.kindOf(text);
    if (kind === 'absence') throw badInput('text', 'Name at least one word that the message has.');
    return kind === 'nothing' ? NOTHING : this.lists.page(text, filters, page);
  }
}

function filtersOf({ roomId, authorId, sentAfter, sentBefore }: MessageSearchInput): Filter[] {
  const filters: Filter[] = [];
  if (roomId != null) filters.push(sql`m.room_id = ${roomId}`);
  if (authorId != null) filters.push(sql`m.author_id = ${authorId}`);
  if (sentAfter != null) filters.push(sql`m.created_at > ${sentAfter.toISOString()}::timestamptz`);
  if (sentBefore != null) filters.push(sql`m.created_at < ${sentBefore.toISOString()}::timestamptz`);
  return filters;
}
