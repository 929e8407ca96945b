// What a document may be: one list of validation rules for both doors.
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import {
  Kind,
  NoSchemaIntrospectionCustomRule,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import type { Settings } from '../config/config.js';
import { ChatError, ErrorCode } from '../core/errors.js';
import { rowLimitRule } from './row-limit.js';

export const MAX_TOKENS = 1_000; // the longest document of our own SDK has some 400
const MAX_DEPTH = 8; // viewer → rooms → edges → node → lastMessage → author → name is 7
const MAX_ALIASES = 15; // a person compares two things, not two thousand
const MAX_DIRECTIVES = 20;
const MAX_ROOT_FIELDS = 5;
const MAX_ROWS = 12_000; // a hundred rooms with a hundred members each; a third level of lists is never a page of ours

const SESSION_FIELDS = new Set(['signIn', 'signUp', 'signOut', 'changePassword', 'deleteAccount']);

const tooComplex = (message: string, limit: number) =>
  new ChatError(ErrorCode.OPERATION_TOO_COMPLEX, message, { limit });

/** What the armor rules are told, so that they speak with our voice and let validation go on. */
const rejecting = (message: string, limit: number) => ({
  propagateOnRejection: false,
  onReject: [(context: ValidationContext | null) => context?.reportError(tooComplex(message, limit))],
});

/** Few root fields, and only one that makes or ends a session or takes a password: an alias is no way to guess more passwords at once. */
const rootFieldsRule: ValidationRule = (context) => ({
  OperationDefinition: ({ selectionSet }) => {
    const names = fieldsOf(selectionSet, context);
    if (names.length > MAX_ROOT_FIELDS) {
      context.reportError(tooComplex(`An operation may have at most ${MAX_ROOT_FIELDS} root fields.`, MAX_ROOT_FIELDS));
    } else if (names.filter((name) => SESSION_FIELDS.has(name)).length > 1) {
      context.reportError(tooComplex('An operation may sign in, up or out, or name a password, only once.', 1));
    }
  },
});

/** The fields that are selected, also by way of fragments: each fragment once, so that no nest of them multiplies. */
function fieldsOf(set: SelectionSetNode, context: ValidationContext, seen = new Set<string>()): string[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet, context, seen);
    const { value: name } = selection.name;
    const fragment = seen.has(name) ? undefined : context.getFragment(name);
    return fragment ? fieldsOf(fragment.selectionSet, context, seen.add(name)) : [];
  });
}

export function validationRules(settings: Settings): ValidationRule[] {
  const rules: ValidationRule[] = [
    maxDepthRule({
      n: MAX_DEPTH,
      flattenFragments: true,
      ...rejecting(`The document is deeper than ${MAX_DEPTH} levels.`, MAX_DEPTH),
    }),
    maxAliasesRule({ n: MAX_ALIASES, ...rejecting(`The document has more than ${MAX_ALIASES} aliases.`, MAX_ALIASES) }),
    maxDirectivesRule({
      n: MAX_DIRECTIVES,
      ...rejecting(`The document has more than ${MAX_DIRECTIVES} directives.`, MAX_DIRECTIVES),
    }),
    rowLimitRule(MAX_ROWS, (max) =>
      tooComplex(`The document could load more than ${max} rows: ask for smaller pages within pages.`, max),
    ),
    rootFieldsRule,
  ] as ValidationRule[];
  return settings.playground ? rules : [...rules, NoSchemaIntrospectionCustomRule];
}
