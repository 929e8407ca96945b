// The DateTime scalar: RFC 3339 in UTC with milliseconds.
import { CustomScalar, Scalar } from '@nestjs/graphql';
import { GraphQLError, Kind, type ValueNode } from 'graphql';

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function parse(value: unknown): Date {
  const date = typeof value === 'string' && RFC_3339.test(value) ? new Date(value) : null;
  if (!date || Number.isNaN(date.getTime())) {
    throw new GraphQLError('A DateTime is a text such as "2026-01-31T09:30:00.000Z".');
  }
  return date;
}

@Scalar('DateTime', () => Date)
export class DateTime implements CustomScalar<string, Date> {
  description = 'RFC 3339 in UTC with milliseconds, such as `2026-01-31T09:30:00.000Z`.';

  serialize(value: unknown): string {
    // A text here means that something crossed the bus without being revived: better an error than a null.
    if (!(value instanceof Date)) throw new TypeError(`DateTime must be a Date but is ${typeof value}`);
    return value.toISOString();
  }

  parseValue(value: unknown): Date {
    return parse(value);
  }

  parseLiteral(node: ValueNode): Date {
    return parse(node.kind === Kind.STRING ? node.value : undefined);
  }
}
