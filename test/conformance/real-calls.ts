import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { answerFrom } from '../../src/engine/analysis/answer/answer-from.js'
import { traceCall } from '../../src/engine/analysis/trace-call.js'
import type { HeaderInput, ReachabilityQuestion, SpokenProtocol } from '../../src/engine/model/question.js'
import type { Reachability } from '../../src/engine/model/reachability.js'
import type { Verdict } from '../../src/engine/model/verdict.js'
import type { Snapshot } from '../../src/engine/snapshot/snapshot.js'

/** Calls that were really made through proxies with istiod's configuration; named by the environment, because they are no part of this project. */
const folder = join(process.env['CONFORMANCE'] ?? '', 'packets')
export const haveCalls = process.env['CONFORMANCE'] !== undefined && existsSync(folder)
export const leftOut = 'left out: CONFORMANCE names no folder of real calls'

interface RealCall {
  readonly ask: ReachabilityQuestion
  readonly protocol: 'http' | 'tcp' | 'tls' | 'server-first'
  readonly real: Verdict
}

interface World {
  readonly topology: unknown
  readonly calls: readonly RealCall[]
}

/** `folder/name` of every world, without its ending. */
export const worlds = (): string[] =>
  haveCalls
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.json'))
        .map((path) => path.replaceAll('\\', '/').slice(0, -'.json'.length))
        .sort()
    : []

export const readWorld = (name: string): World => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as World

const spoken: Readonly<Record<RealCall['protocol'], SpokenProtocol>> = {
  http: 'HTTP',
  tcp: 'TCP',
  tls: 'TLS',
  'server-first': 'SERVER_FIRST',
}
const at = Date.parse('2026-12-01T00:00:00Z')

function ask(snapshot: Snapshot, question: ReachabilityQuestion): Reachability {
  const trace = traceCall(snapshot, question, at)
  if ('problem' in trace) throw new Error(trace.problem.message)
  return answerFrom(trace, question)
}

/** Headers that the answer hangs on and that the call did not have; a token is looked for in `authorization`. */
function absentFrom({ conditions }: Reachability, given: readonly HeaderInput[]): readonly HeaderInput[] {
  const named = conditions.flatMap(({ on }) => [...on.matchAll(/header ([^\s,]+)/gu)].map(([, name = '']) => name))
  const asked = conditions.some(({ on }) => on.split(', ').includes('token')) ? [...named, 'authorization'] : named
  const known = new Set(given.map(({ name }) => name.toLowerCase()))
  return [...new Set(asked)].filter((name) => !known.has(name)).map((name) => ({ name, absent: true }))
}

/**
 * The verdict that is held against what happened: the question's own, or where that one is open, the one of the question which says all that the
 * call was: what the client spoke, and which headers it had not.
 */
export function verdictOn(snapshot: Snapshot, { ask: question, protocol, real }: RealCall): Verdict {
  const plain = ask(snapshot, question)
  if (plain.verdict === real || plain.verdict !== 'AMBIGUOUS') return plain.verdict
  const headers = question.to.headers ?? []
  const to = {
    ...question.to,
    protocol: spoken[protocol],
    headers: [...headers, ...(protocol === 'http' ? absentFrom(plain, headers) : [])],
  }
  return ask(snapshot, { ...question, to }).verdict
}
