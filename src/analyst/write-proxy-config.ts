/**
 * An answer for all proxies of a mesh, written as JSON a stretch at a time: nobody holds it as a whole, and other questions are answered between.
 *
 * Where a stretch ended, the next one goes on: what was begun is kept with its snapshot, for a few askers at once. An answer that is not kept any
 * more is begun again and passed over up to the position, so that it only costs time.
 */
import { isProblem, type Problem } from '#engine/model/app-error'
import type { ProxyConfigPiece, ProxyConfigQuestion } from '#engine/model/proxy-config'
import { type Selection, selectFields } from '#engine/model/selection'
import { proxyConfigOf } from '#engine/proxy-config/proxy-config-of'
import type { Snapshot } from '#engine/snapshot/snapshot'
import type { View } from '#engine/model/topology/view'
import { mayAskSource } from '#engine/tenancy/may-ask'
import { problemInView } from '#engine/tenancy/problem-in-view'
import { narrowProxies } from '#engine/tenancy/narrow-proxies'
import { type Sight, sightOf } from '#engine/tenancy/sight'
import type { Answered, Stretch } from './analyst.js'

/** Bytes of a stretch, and how long one may take; a single piece may be larger, and take longer. */
const enough = 256 * 1024
const longestMs = 20
const mostBegun = 16

/** An answer that is being given: what comes next, and what came last. */
interface Begun {
  readonly question: string
  readonly pieces: Iterator<ProxyConfigPiece>
  position: number
  last: ProxyConfigPiece['kind'] | undefined
}

const begunOn = new WeakMap<Snapshot, Begun[]>()
const encoder = new TextEncoder()

interface Asked {
  readonly question: ProxyConfigQuestion
  readonly position: number
  readonly wanted?: Selection | undefined
  readonly view?: View | undefined
}

export function writeProxyConfig(snapshot: Snapshot, asked: Asked): Answered<Stretch> {
  const begun = goOn(snapshot, asked)
  if (isProblem(begun)) return begun
  const texts: string[] = []
  const started = performance.now()
  for (let size = 0; size < enough && performance.now() - started < longestMs; ) {
    const { value, done } = begun.pieces.next()
    if (done === true) return { value: { text: encoder.encode(texts.join('') + endAfter(begun.last)), next: null } }
    const text = joint(begun.last, value.kind) + written(value, asked.wanted)
    texts.push(text)
    size += text.length
    begun.last = value.kind
    begun.position += 1
  }
  keep(snapshot, begun)
  return { value: { text: encoder.encode(texts.join('')), next: begun.position } }
}

function goOn(snapshot: Snapshot, { question, position, view }: Asked): Begun | { readonly problem: Problem } {
  const name = JSON.stringify([question, view])
  const kept = begunOn.get(snapshot) ?? []
  const at = kept.findIndex((each) => each.position === position && each.question === name)
  const [found] = at < 0 ? [] : kept.splice(at, 1)
  return found ?? begin(snapshot, { question, position, view }, name)
}

function begin(snapshot: Snapshot, { question, position, view }: Asked, name: string): Begun | { readonly problem: Problem } {
  const answer = view === undefined ? proxyConfigOf(snapshot, question) : proxyConfigInView(sightOf(snapshot, view), question)
  if (isProblem(answer)) return answer
  const begun: Begun = { question: name, pieces: answer.pieces[Symbol.iterator](), position: 0, last: undefined }
  for (; begun.position < position; begun.position += 1) {
    const { value, done } = begun.pieces.next()
    if (done !== true) begun.last = value.kind
  }
  return begun
}

/** Of proxies of theirs alone. */
function proxyConfigInView(sight: Sight, question: ProxyConfigQuestion): ReturnType<typeof proxyConfigOf> {
  const refused = mayAskSource(sight, question.from ?? { outside: true })
  if (refused !== undefined) return refused
  const answer = proxyConfigOf(sight.snapshot, question, narrowProxies(sight))
  return isProblem(answer) ? { problem: problemInView(sight, answer.problem, question.from ?? undefined) } : answer
}

/** The oldest goes first: whoever asked for it has probably gone. */
function keep(snapshot: Snapshot, begun: Begun): void {
  const kept = begunOn.get(snapshot) ?? []
  begunOn.set(snapshot, [...kept.slice(1 - mostBegun), begun])
}

function joint(last: Begun['last'], next: ProxyConfigPiece['kind']): string {
  if (last === undefined) return '{"answers":['
  if (next === 'CONTROL_PLANE') return ']},\n'
  return last === 'PROXY' ? ',\n' : '\n'
}

const endAfter = (last: Begun['last']): string => (last === undefined ? '{"answers":[]}' : ']}]}')

/** A control plane's head ends where its proxies follow. */
function written(piece: ProxyConfigPiece, wanted: Selection | undefined): string {
  const ofPlane = within(wanted, 'answers')
  if (piece.kind === 'PROXY') return JSON.stringify(selectFields(piece.answer, within(ofPlane, 'proxies') ?? true))
  const { kind: _kind, ...plane } = piece
  const head = JSON.stringify(selectFields(plane, ofPlane ?? true)).slice(0, -1)
  return `${head}${head === '{' ? '' : ','}"proxies":[`
}

/** What is wanted of a field; nothing of a field that is not named. */
const within = (wanted: true | Selection | undefined, field: string): true | Selection | undefined =>
  wanted === undefined || wanted === true ? wanted : (wanted[field] ?? {})
