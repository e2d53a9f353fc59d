import { Limits } from '#engine/model/limits'
import type { RestDependencies, Routes } from './routes.js'
import { NoQuery, problems } from './shapes.js'

const mebibyte = 1024 * 1024

const example: Limits = {
  body: 64 * mebibyte,
  uploads: 256 * mebibyte,
  jsonBody: mebibyte,
  answer: 16 * mebibyte,
  batch: 1000,
  page: 100,
  requestMs: 30_000,
  questionMs: 10_000,
  documentMs: 120_000,
  requestsPerMinute: 60_000,
  document: {
    depth: 64,
    aliases: 100,
    aliasNodes: 100_000,
    containers: 8_000_000,
    documents: 200_000,
    ownFields: 10_000,
    clusters: 1000,
    selected: 2_000_000,
    files: 20_000,
  },
  expressions: { characters: 1024, program: 32_768, matchSteps: 3_000_000, questionSteps: 12_000_000, questionProgram: 50_000 },
  graphql: {
    answer: mebibyte / 2,
    query: 65_536,
    operationName: 256,
    tokens: 2000,
    brackets: 60,
    depth: 12,
    rootFields: 10,
    aliases: 50,
    directives: 50,
    cost: 6000,
    related: 10_000,
    weights: { reachability: 20, callers: 100, reach: 200 },
  },
}

/** What is taken and given at most, by every door. */
export function limitsRoute(routes: Routes, { limits }: RestDependencies): void {
  const schema = {
    operationId: 'readLimits',
    summary: 'What is taken and given at most',
    tags: ['limits'],
    querystring: NoQuery,
    response: { 200: Limits, ...problems() },
    'x-notes': { example: { answer: example } },
  }
  routes.get('/limits', { schema }, async () => limits)
}
