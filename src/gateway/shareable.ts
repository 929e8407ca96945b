// Which subscriptions may be executed once for many: those whose answer depends on nobody. Found in the document alone,
// once per document; whatever is in doubt is executed for each person.
import {
  BREAK,
  type DocumentNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  print,
  separateOperations,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

const RESUMES_AFTER = 'after'; // the argument of a stream that says where its reader stands, and nothing about what is told

interface Plan {
  /** The operation and its fragments as text, without the cursor. */
  readonly text: string;
  /** The variables that bear on what is told. */
  readonly variables: readonly string[];
}

export class Sharing {
  private readonly plans = new WeakMap<DocumentNode, Map<string, Plan | null>>();

  /** What two subscriptions must have in common to be told the same. Null: not to be shared. */
  key(
    schema: GraphQLSchema,
    document: DocumentNode,
    operationName: string | null | undefined,
    variables: Readonly<Record<string, unknown>> | null | undefined,
  ): string | null {
    const plan = this.plan(schema, document, operationName ?? '');
    if (!plan) return null;
    return JSON.stringify([plan.text, plan.variables.map((name) => variables?.[name])]);
  }

  private plan(schema: GraphQLSchema, document: DocumentNode, operationName: string): Plan | null {
    let plans = this.plans.get(document);
    if (!plans) {
      plans = new Map();
      this.plans.set(document, plans);
    }
    let plan = plans.get(operationName);
    if (plan === undefined) {
      plan = planOf(schema, document, operationName);
      plans.set(operationName, plan);
    }
    return plan;
  }
}

function planOf(schema: GraphQLSchema, document: DocumentNode, operationName: string): Plan | null {
  const named = getOperationAST(document, operationName === '' ? null : operationName);
  const alone = named && separateOperations(document)[named.name?.value ?? ''];
  const operation = alone && getOperationAST(alone);
  if (!operation || dependsOnViewer(schema, alone)) return null;
  const cut = withoutCursor(operation);
  if (!cut) return null;
  const definitions = alone.definitions.map((definition) => (definition === operation ? cut.operation : definition));
  const rest = { ...alone, definitions };
  if (cut.variable !== null && uses(rest, cut.variable)) return null;
  const variables = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  return { text: print(rest), variables: variables.filter((name) => name !== cut.variable) };
}

/** The operation without the argument that resumes it, and the variable that fed that argument. */
function withoutCursor(
  operation: OperationDefinitionNode,
): { operation: OperationDefinitionNode; variable: string | null } | null {
  const [root, ...more] = operation.selectionSet.selections;
  if (root?.kind !== Kind.FIELD || more.length > 0) return null;
  const cursor = root.arguments?.find(({ name }) => name.value === RESUMES_AFTER)?.value;
  const variable = cursor?.kind === Kind.VARIABLE ? cursor.name.value : null;
  const field = { ...root, arguments: root.arguments?.filter(({ name }) => name.value !== RESUMES_AFTER) };
  return {
    variable,
    operation: {
      ...operation,
      variableDefinitions: operation.variableDefinitions?.filter((given) => given.variable.name.value !== variable),
      selectionSet: { ...operation.selectionSet, selections: [field] },
    },
  };
}

function uses(document: DocumentNode, variable: string): boolean {
  let used = false;
  visit(document, {
    Variable({ name }) {
      if (name.value !== variable) return undefined;
      used = true;
      return BREAK;
    },
  });
  return used;
}

/** Lists are asked for with pages of a person's own and judged for them; the rest is marked where it is declared. */
function dependsOnViewer(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let found = false;
  const visitor = visitWithTypeInfo(types, {
    Field({ name }) {
      const field = types.getFieldDef();
      const everywhere = [field, ...implementations(schema, types, name.value)];
      if (field && !everywhere.some((one) => !one || isPerViewer(one))) return undefined;
      found = true;
      return BREAK;
    },
  });
  visit(document, visitor);
  return found;
}

/** The same field on every type that may stand there: the mark is on the object, the selection perhaps on its interface. */
function implementations(schema: GraphQLSchema, types: TypeInfo, name: string) {
  const parent = types.getParentType();
  if (!isAbstractType(parent) || !isInterfaceType(parent) || name.startsWith('__')) return [];
  return schema.getPossibleTypes(parent).map((type) => type.getFields()[name]);
}

function isPerViewer(field: GraphQLField<unknown, unknown>): boolean {
  const type = getNamedType(field.type);
  return field.extensions.perViewer === true || (isObjectType(type) && type.name.endsWith('Connection'));
}
