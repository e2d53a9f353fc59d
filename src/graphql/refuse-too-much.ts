import { type DocumentNode, GraphQLError, Kind, Lexer, type OperationDefinitionNode, TokenKind, visit } from 'graphql'
import { extentsIn } from './extent.js'
import { fragmentsOf } from './fragments.js'
import { graphqlLimits } from './graphql-limits.js'

/**
 * Refuses a document that asks too much, whatever its operations. Before it is validated: validating compares fields with each other, so that a long
 * document costs more than its length.
 */
export function refuseTooMuch(document: DocumentNode): void {
  const { aliases, directives } = countOf(document)
  if (aliases > graphqlLimits.aliases) throw tooMuch(`more than ${graphqlLimits.aliases} aliases`)
  if (directives > graphqlLimits.directives) throw tooMuch(`more than ${graphqlLimits.directives} directives`)
  const extentOf = extentsIn(fragmentsOf(document))
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    const { depth, fields } = extentOf(definition.selectionSet)
    if (fields > graphqlLimits.rootFields) throw tooMuch(`more than ${graphqlLimits.rootFields} fields at the root`, definition)
    if (depth > graphqlLimits.depth) throw tooMuch(`fields nest more than ${graphqlLimits.depth} deep`, definition)
  }
}

export const tooMuch = (message: string, node?: OperationDefinitionNode): GraphQLError =>
  new GraphQLError(message, { nodes: node ?? null, extensions: { code: 'TOO_COMPLEX' } })

/** Did a parser stop at the limit of tokens, and not at a mistake? It has one kind of error for both, which says where it stopped. */
export function hasTooManyTokens({ source, positions }: GraphQLError): boolean {
  const stop = positions?.[0]
  if (source === undefined || stop === undefined) return false
  const lexer = new Lexer(source)
  try {
    for (let count = 1; count <= graphqlLimits.tokens; count += 1) {
      const { kind, start } = lexer.advance()
      if (kind === TokenKind.EOF || start >= stop) return false
    }
    return true
  } catch {
    // Stopped by what is no token.
    return false
  }
}

/** Over the whole document: repeating a field is how a cheap query becomes a dear one. */
function countOf(document: DocumentNode): { readonly aliases: number; readonly directives: number } {
  let aliases = 0
  let directives = 0
  visit(document, {
    Field: ({ alias }) => {
      if (alias !== undefined) aliases += 1
    },
    Directive: () => {
      directives += 1
    },
  })
  return { aliases, directives }
}
