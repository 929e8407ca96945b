// Full text search over messages, in SQL. The index is on the very expression that is written here.
import { Injectable } from '@nestjs/common';
import { type RawBuilder, sql } from 'kysely';
import { Settings } from '../config/config.js';
import { decodeKeys, encodeKeys, isMoment, type PageRequest, toConnection } from '../core/connection.js';
import { badInput } from '../core/errors.js';
import { isId } from '../core/ids.js';
import { Database } from '../database/database.js';
import { keyset } from '../database/keyset.js';
import { messageColumns } from './message.lists.js';
import { type MessageRecord, toMessage } from './message.model.js';
import type { SearchConnection } from './search.model.js';
import { HEADLINE, STAND_INS, shorten, WRITTEN } from './snippet.js';

const RANKED_MAX = 500; // matches, the newest: to rank one means to read it, and a common word is in all of them
const BY_LENGTH = 1; // a word says more about a short text than about a long one

/** What narrows a search: rooms are `r`, messages `m`. */
export type Filter = RawBuilder<unknown>;

interface Found extends MessageRecord {
  rank: string;
  snippet: string;
  behind: boolean;
}

@Injectable()
export class SearchLists {
  /** The name of a configuration, which settings have looked at: written out, for the index stands on it as a constant. */
  private readonly configuration: RawBuilder<unknown>;

  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {
    this.configuration = sql.raw(`'${settings.searchConfiguration}'::regconfig`);
  }

  /** What the text asks for: something, nothing at all, or only what must not be there. */
  async kindOf(text: string): Promise<'something' | 'nothing' | 'absence'> {
    const [row] = await this.database.statement(sql<{ tree: string }>`
      select querytree(websearch_to_tsquery(${this.configuration}, ${text})) as tree`);
    if (!row || row.tree === '') return 'nothing';
    return row.tree === 'T' ? 'absence' : 'something'; // `T`: no index can find it
  }

  async page(text: string, filters: readonly Filter[], page: PageRequest): Promise<SearchConnection> {
    const query = sql`websearch_to_tsquery(${this.configuration}, ${text})`;
    const words = sql`to_tsvector(${this.configuration}, translate(m.content, '<>', '  '))`; // nothing in it is a tag
    const order = keyset([sql`rank`, sql`created_at`, sql`id`], 'desc', page, placeOf(page));
    const rows = await this.database.statement(sql<Found & { id: string | null }>`
      with matching as materialized (
        select m.id, m.content, m.created_at from messages m join rooms r on r.id = m.room_id
        where ${words} @@ ${query} and ${sql.join(filters, sql` and `)}
        order by m.created_at desc, m.id desc limit ${RANKED_MAX}
      ), ranked as materialized (
        select m.id, m.created_at, ts_rank(${words}, ${query}, ${BY_LENGTH}) as rank from matching m
      ), page as materialized (
        select * from ranked where ${order.where} order by ${order.orderBy} limit ${page.limit + 1}
      )
      select ${messageColumns}, page.rank::text as rank, edge.behind,
        ts_headline(${this.configuration}, translate(m.content, ${WRITTEN}, ${STAND_INS}), ${query}, ${HEADLINE}) as snippet
      from (select exists (select from ranked where ${order.behind}) as behind) edge
      left join (page join messages m on m.id = page.id join users u on u.id = m.author_id) on true
      order by page.rank desc, page.created_at desc, page.id desc`);
    const found = rows.filter((row) => row.id !== null);
    return toConnection(page, found, rows[0]?.behind ?? false, (row) => {
      const message = toMessage(row);
      const cursor = encodeKeys('search', [row.rank, message.createdAt.toISOString(), message.id]);
      return { cursor, node: { message, snippet: shorten(row.snippet) } };
    });
  }

  /** Whether the database knows the configuration of the settings, and whether messages have an index for it. */
  async state(): Promise<{ known: boolean; indexed: boolean }> {
    const { searchConfiguration } = this.settings;
    const expression = `to_tsvector('${searchConfiguration}'::regconfig, translate(content, '<>'::text, '  '::text))`;
    const [row] = await this.database.statement(sql<{ known: boolean; indexed: boolean }>`
      select exists (select from pg_ts_config where cfgname = ${searchConfiguration}) as known,
        exists (
          select from pg_index where indrelid = 'messages'::regclass and indisvalid
            and pg_get_expr(indexprs, indrelid) = ${expression}
        ) as indexed`);
    return row ?? { known: false, indexed: false };
  }
}

function placeOf(page: PageRequest): RawBuilder<unknown>[] | null {
  const keys = decodeKeys('search', 3, page);
  if (!keys) return null;
  const [rank = '', at = '', id = ''] = keys;
  if (!/^\d{1,9}(\.\d{1,9})?(e-\d\d)?$/.test(rank) || !isMoment(at) || !isId(id)) {
    throw badInput(page.cursorField, `\`${page.cursorField}\` is not a cursor of this list.`);
  }
  return [sql`${rank}::real`, sql`${at}::timestamptz`, sql`${id}::uuid`];
}
