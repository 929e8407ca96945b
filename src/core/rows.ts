// The mark on lists that have no pages: how long they can be, so that the cost of a document can be counted.
import { Extensions } from '@nestjs/graphql';

/** A list of at most so many rows: `gateway/row-limit.ts` multiplies by it, as it does by the size of a page. */
export const UpTo = (rows: number) => Extensions({ rows });
