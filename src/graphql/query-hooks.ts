import type { FastifyInstance } from 'fastify'
import { type DocumentNode, getOperationAST, GraphQLError, type GraphQLSchema } from 'graphql'
import type { GraphqlContext } from './context.js'
import { costOf } from './cost.js'
import { graphqlLimits } from './graphql-limits.js'
import { refuseTooMuch, tooMuch } from './refuse-too-much.js'
import { extentsIn } from './extent.js'
import { fragmentsOf } from './fragments.js'
import { presetVariables, withPresets } from './preset-variables.js'

/** Fields, fragments unfolded, up to which a query is compiled: compiling takes the time of its length, and holds everybody up. */
const longestCompiled = 500

/** What is known of a document that was asked before. */
interface KnownDocument {
  /** Undefined where a variable decides. */
  readonly cost: number | undefined
  readonly isCompiled: boolean
  readonly presets: ReturnType<typeof presetVariables>
}

type Variables = Readonly<Record<string, unknown>> | undefined

/** Limits where Mercurius lets a document be looked at: parsed (once for each text), and before each execution. */
export function addQueryHooks(app: FastifyInstance): void {
  app.graphql.addHook('preValidation', async (_schema, document, { operationName }) => {
    refuseTooMuch(document)
    refuseNoOperation(document, operationName)
  })
  const documents = new WeakMap<DocumentNode, KnownDocument>()
  app.graphql.addHook('preExecution', async (schema, document, context, variables: Variables) => {
    const { operationName } = context
    context.document = document
    const known = documents.get(document) ?? look(schema, document, operationName)
    documents.set(document, known)
    const cost = known.cost ?? costOf(schema, document, operationName, variables).cost
    if (cost > graphqlLimits.cost)
      throw tooMuch(`answering this may cost ${Math.ceil(cost)}, more than ${graphqlLimits.cost}: ask for less, or for shorter pages`)
    // A document that a hook gives back is run by graphql itself, as it is.
    return known.isCompiled ? withPresets(known.presets, variables) : { document }
  })
}

function look(schema: GraphQLSchema, document: DocumentNode, operationName: GraphqlContext['operationName']): KnownDocument {
  const { cost, fixed } = costOf(schema, document, operationName)
  const operation = getOperationAST(document, operationName)
  const { all } = operation ? extentsIn(fragmentsOf(document))(operation.selectionSet) : { all: 0 }
  const presets = presetVariables(schema, document, operationName)
  return { cost: fixed ? cost : undefined, isCompiled: all <= longestCompiled, presets }
}

/** Said here, because compiled queries and GET requests take it for granted that there is one. */
function refuseNoOperation(document: DocumentNode, operationName: string | undefined): void {
  if (getOperationAST(document, operationName)) return
  throw new GraphQLError(
    operationName === undefined
      ? 'the document has several operations: `operationName` must say which one to run'
      : `the document has no operation \`${operationName}\``,
  )
}
