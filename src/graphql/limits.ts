import { GraphQLError, Kind, type ValidationContext, type ValidationRule } from 'graphql'

/** Bounds on what one request may ask, checked before anything runs. */
export const parseLimits = { maxTokens: 2_000 } as const

const mostAliases = 50
const mostDirectives = 50
const mostRootFields = 20

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

export const limitRules: readonly ValidationRule[] = [countedRule, rootFieldsRule]
