// The cost of a document: how many rows it could load, for lists in lists multiply.
import {
  type ASTNode,
  type FieldNode,
  type GraphQLNamedType,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { PAGE_DEFAULT, PAGE_MAX } from '../core/connection.js';

export function rowLimitRule(
  max: number,
  tooMany: (max: number) => Parameters<ValidationContext['reportError']>[0],
): ValidationRule {
  return (context) => ({
    OperationDefinition: (operation) => {
      const root = context.getSchema().getRootType(operation.operation);
      if (root && new RowCount(context).of(operation.selectionSet, root) > max) context.reportError(tooMany(max));
    },
  });
}

class RowCount {
  private readonly fragments = new Map<string, number>();

  constructor(private readonly context: ValidationContext) {}

  of(set: SelectionSetNode, type: GraphQLNamedType): number {
    return set.selections.reduce((sum, selection) => {
      switch (selection.kind) {
        case Kind.FIELD:
          return sum + this.ofField(selection, type);
        case Kind.INLINE_FRAGMENT:
          return sum + this.of(selection.selectionSet, this.typeOf(selection.typeCondition) ?? type);
        default:
          return sum + this.ofFragment(selection.name.value);
      }
    }, 0);
  }

  private ofField(field: FieldNode, parent: GraphQLNamedType): number {
    const definition =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field.name.value] : undefined;
    if (!definition || !field.selectionSet) return 0; // unknown fields are told by another rule
    const type = getNamedType(definition.type);
    if (!isCompositeType(type)) return 0;
    const inside = this.of(field.selectionSet, type);
    const { rows } = definition.extensions; // of a list without pages
    if (typeof rows === 'number') return rows * Math.max(1, inside);
    const isPage = definition.args.some(({ name }) => name === 'first' || name === 'countBefore');
    return isPage ? pageSize(field) * Math.max(1, inside) : inside;
  }

  private ofFragment(name: string): number {
    const known = this.fragments.get(name);
    if (known !== undefined) return known;
    this.fragments.set(name, 0); // a fragment within itself is refused by another rule
    const fragment = this.context.getFragment(name);
    const type = this.typeOf(fragment?.typeCondition);
    const rows = fragment && type ? this.of(fragment.selectionSet, type) : 0;
    this.fragments.set(name, rows);
    return rows;
  }

  private typeOf(node: (ASTNode & { name?: unknown }) | undefined): GraphQLNamedType | undefined {
    return node?.kind === Kind.NAMED_TYPE ? this.context.getSchema().getType(node.name.value) : undefined;
  }
}

/** A variable may turn out to be the most that is allowed. */
function pageSize(field: FieldNode): number {
  // Two counts make one page, which has its own most.
  if (field.arguments?.some(({ name }) => name.value === 'countBefore' || name.value === 'countAfter')) return PAGE_MAX;
  const sizes = field.arguments?.filter(({ name }) => name.value === 'first' || name.value === 'last') ?? [];
  const [value] = sizes.map((argument) => argument.value);
  if (!value) return PAGE_DEFAULT;
  return value.kind === Kind.INT ? Math.min(Math.max(Number(value.value), 1), PAGE_MAX) : PAGE_MAX;
}
