import type { FastifyInstance } from 'fastify'
import { type DocumentNode, getOperationAST, GraphQLError, type GraphQLSchema } from 'graphql'
import { costOf } from './cost.js'
import type { GraphqlContext } from './context.js'
import { refuseTooMuch, tooMuch } from './document-limits.js'

const dearest = 6_000

/** Limits where Mercurius lets a document be looked at: parsed (once for each text), and before each execution. */
export function addQueryHooks(app: FastifyInstance): void {
  app.graphql.addHook('preValidation', async (_schema, document, { operationName }) => {
    refuseTooMuch(document)
    refuseNoOperation(document, operationName)
  })
  const costs = new WeakMap<DocumentNode, number>()
  app.graphql.addHook('preExecution', async (schema, document, { operationName }, variables) => {
    const cost = costs.get(document) ?? costNow(costs, schema, document, operationName, variables)
    if (cost > dearest) throw tooMuch(`answering this may cost ${cost}, more than ${dearest}: ask for less, or for shorter pages`)
  })
}

/** Kept for the document where no variable decides. */
function costNow(
  costs: WeakMap<DocumentNode, number>,
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: GraphqlContext['operationName'],
  variables: Readonly<Record<string, unknown>> | undefined,
): number {
  const { cost, fixed } = costOf(schema, document, operationName, variables)
  if (fixed) costs.set(document, cost)
  return cost
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
