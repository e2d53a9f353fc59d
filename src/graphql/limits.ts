import { GraphQLError, Kind, type SelectionSetNode, type ValidationContext, type ValidationRule } from 'graphql'

/** Bounds on what one request may ask, checked before anything runs. */
export const parseLimits = { maxTokens: 2_000 } as const

const mostAliases = 50
const mostDirectives = 50
const mostRootFields = 20
const deepest = 12

const report = (context: ValidationContext, message: string): void =>
  context.reportError(new GraphQLError(message, { extensions: { code: 'TOO_COMPLEX' } }))

/** Aliases and directives over the whole document: repeating a field is how cheap queries become dear ones. */
const countedRule: ValidationRule = (context) => {
  let aliases = 0
  let directives = 0
  return {
    Field(node) {
      if (node.alias !== undefined && (aliases += 1) === mostAliases + 1) report(context, `more than ${mostAliases} aliases`)
    },
    Directive() {
      if ((directives += 1) === mostDirectives + 1) report(context, `more than ${mostDirectives} directives`)
    },
  }
}

const rootFieldsRule: ValidationRule = (context) => ({
  OperationDefinition(node) {
    const fields = node.selectionSet.selections.filter((selection) => selection.kind === Kind.FIELD)
    if (fields.length > mostRootFields) report(context, `more than ${mostRootFields} fields at the root`)
  },
})

/** How deep fields stand, each fragment measured once; introspection is bounded by a rule that comes with graphql. */
function depthOf(set: SelectionSetNode | undefined, context: ValidationContext, fragments: Map<string, number>): number {
  const depths = (set?.selections ?? []).map((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return depthOf(selection.selectionSet, context, fragments)
    const name = selection.name.value
    if (selection.kind === Kind.FIELD) return name.startsWith('__') ? 0 : 1 + depthOf(selection.selectionSet, context, fragments)
    const known = fragments.get(name)
    if (known !== undefined) return known
    fragments.set(name, 0) // until it is measured: fragments that contain themselves are refused by another rule
    const depth = depthOf(context.getFragment(name)?.selectionSet, context, fragments)
    fragments.set(name, depth)
    return depth
  })
  return Math.max(0, ...depths)
}

const depthRule: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (depthOf(node.selectionSet, context, new Map()) > deepest) report(context, `fields more than ${deepest} deep`)
  },
})

export const limitRules: readonly ValidationRule[] = [countedRule, rootFieldsRule, depthRule]
