import { GraphQLError, parse } from 'graphql'
import { AppError } from '#engine/model/app-error'
import { bracketsOf } from './brackets.js'
import { graphqlLimits, parseLimits } from './graphql-limits.js'

const { query: longest, brackets: deepest, operationName: longestName } = graphqlLimits
/** Starts of a syntax tree in JSON, none of which starts a document: Mercurius would read and run it past the parser's limits. */
const startOfJson = /^\s*(\{\s*["}]|[["\d-]|(true|false|null)\b)/

type Sent = Readonly<Record<string, unknown>>

interface ReadParameters {
  readonly parameters: Sent & { readonly operationName: string | undefined }
  /** What is wrong with a query that is a text, but no document. */
  readonly syntaxError?: GraphQLError
}

/**
 * The parameters of a request that are of the right types, or PARAMETER_INVALID; empty `variables` and `extensions` are left out.
 *
 * INVARIANT: the query's text names the operation, because Mercurius keeps one compiled query for each text, whichever of its
 * operations was asked for first.
 */
export function readParameters(sent: unknown, method: string): ReadParameters {
  if (Array.isArray(sent)) throw invalid('several operations in one request are not answered')
  if (typeof sent !== 'object' || sent === null) throw invalid('the body must be a JSON object')
  const { query, operationName, variables, extensions } = sent as Sent
  if (typeof query !== 'string') throw invalid('`query` must be a text')
  refuseTooLarge(query)
  const name = operationName ?? undefined
  if (name !== undefined && typeof name !== 'string') throw invalid('`operationName` must be a text')
  if (name !== undefined && name.length > longestName) throw invalid(`\`operationName\` is longer than ${longestName} characters`)
  const maps = { ...mapOf('variables', variables, method), ...mapOf('extensions', extensions, method) }
  const parameters = { query: keyed(query, name), operationName: name, ...maps }
  const syntaxError = syntaxErrorIn(query)
  return syntaxError === undefined ? { parameters } : { parameters, syntaxError }
}

const invalid = (message: string): AppError => new AppError('PARAMETER_INVALID', message)

function refuseTooLarge(query: string): void {
  if (query.length > longest) throw new AppError('TOO_COMPLEX', `\`query\` is longer than ${longest} characters`)
  if (bracketsOf(query) > deepest) throw new AppError('TOO_COMPLEX', `\`query\` nests brackets more than ${deepest} deep`)
}

/** The name as a comment, in which nothing can end the line. */
const keyed = (query: string, name: string | undefined): string => (name === undefined ? query : `${query}\n#${JSON.stringify(name)}`)

/** In a GET the maps are JSON in the address, which Mercurius reads itself. */
function mapOf(name: string, value: unknown, method: string): Sent {
  const isText = method === 'GET' && typeof value === 'string'
  const map = isText ? readJson(name, value) : value
  if (map === undefined || map === null) return {}
  if (typeof map !== 'object' || Array.isArray(map)) throw invalid(`\`${name}\` must be a map`)
  return { [name]: value }
}

function readJson(name: string, text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw invalid(`\`${name}\` is not JSON`)
  }
}

function syntaxErrorIn(query: string): GraphQLError | undefined {
  if (query.trim() !== '' && !startOfJson.test(query)) return undefined
  try {
    parse(query, parseLimits)
    return undefined
  } catch (error) {
    return error instanceof GraphQLError ? error : undefined
  }
}
