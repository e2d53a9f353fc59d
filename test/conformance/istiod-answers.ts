import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProxyConfigPiece } from '../../src/engine/model/proxy-config.js'

/** What istiod's own code gives to proxies of random topologies; named by the environment, because it is no part of this project. */
const folder = join(process.env['CONFORMANCE'] ?? '', 'istiod')
export const haveAnswers = process.env['CONFORMANCE'] !== undefined && existsSync(folder)
export const leftOut = 'left out: CONFORMANCE names no folder of istiod’s answers'

interface Endpoint {
  readonly address: string
  readonly port: number
  readonly weight: number
  readonly priority: number
  readonly share: number
  readonly sends: string
}

interface Target {
  readonly host: string
  readonly port: number
  readonly subset: string
  readonly type: string
  readonly sends?: string
  readonly endpoints: readonly Endpoint[]
  readonly unready: readonly string[]
}

type Shares = string | Readonly<Record<string, number>>

/** A part that is not given was not asked for. */
export interface ProxyAnswer {
  readonly proxy: string
  readonly unknownHosts?: string
  readonly services?: readonly { readonly host: string; readonly namespace: string; readonly ports: readonly number[] }[]
  readonly targets?: readonly Target[]
  readonly routes?: Readonly<Record<string, Shares>>
  readonly names?: Readonly<Record<string, readonly string[]>>
  readonly inbound?: Readonly<Record<string, string>>
}

export interface PlaneAnswer {
  readonly controlPlane: string
  readonly gateways: readonly { readonly network: string; readonly cluster: string; readonly address: string; readonly port: number }[]
  readonly proxies: readonly ProxyAnswer[]
}

export interface AnswerFile {
  readonly topology: unknown
  readonly answers: readonly PlaneAnswer[]
}

export const answerFiles = (): string[] => (haveAnswers ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [])
export const readAnswers = (file: string): AnswerFile => JSON.parse(readFileSync(join(folder, file), 'utf8')) as AnswerFile

/** The pieces of an answer put together. */
export function assemble(pieces: Iterable<ProxyConfigPiece>): readonly PlaneAnswer[] {
  const planes: (PlaneAnswer & { readonly proxies: ProxyAnswer[] })[] = []
  for (const piece of pieces) {
    if (piece.kind === 'CONTROL_PLANE') planes.push({ ...piece, proxies: [] })
    else planes.at(-1)?.proxies.push(piece.answer)
  }
  return planes
}

const tolerance = 0.0101
type Facts = Map<string, string>

/** One line a fact, so that order does not count; shares are compared apart, as numbers. Only what was wanted counts. */
function factsOf(answer: ProxyAnswer, wanted: ProxyAnswer): { readonly facts: Facts; readonly shares: ReadonlyMap<string, number> } {
  const facts: Facts = new Map()
  const shares = new Map<string, number>()
  if (wanted.unknownHosts !== undefined) facts.set('unknownHosts', String(answer.unknownHosts))
  if (wanted.services !== undefined) noteServices(answer, facts)
  if (wanted.targets !== undefined) for (const target of answer.targets ?? []) noteTarget(target, facts, shares)
  if (wanted.routes !== undefined) noteRoutes(answer, facts, shares)
  if (wanted.names !== undefined) noteNames(answer, facts)
  for (const port of Object.keys(wanted.inbound ?? {})) facts.set(`inbound ${port}`, inboundAt(answer, port))
  return { facts, shares }
}

function noteServices({ services = [] }: ProxyAnswer, facts: Facts): void {
  for (const { host, namespace, ports } of services)
    facts.set(`service ${host} ${namespace}`, [...new Set(ports)].sort((a, b) => a - b).join())
}

function noteRoutes({ routes = {} }: ProxyAnswer, facts: Facts, shares: Map<string, number>): void {
  for (const [place, to] of Object.entries(routes)) {
    if (typeof to === 'string') facts.set(`route ${place}`, to)
    else for (const [target, share] of Object.entries(to)) shares.set(`route ${place} ${target}`, share)
  }
}

function noteNames({ names = {} }: ProxyAnswer, facts: Facts): void {
  for (const [name, addresses] of Object.entries(names)) facts.set(`name ${name}`, [...addresses].sort().join())
}

/** Ports of which nothing says that anybody listens there are taken like all others. */
const inboundAt = ({ inbound = {} }: ProxyAnswer, port: string): string => inbound[port] ?? inbound['*'] ?? 'none'

function noteTarget(target: Target, facts: Facts, shares: Map<string, number>): void {
  const name = `target ${target.host} ${target.port} ${target.subset}`
  const seen = new Map<string, number>()
  facts.set(name, `${target.type} ${target.sends ?? ''} unready ${[...target.unready].sort().join()}`)
  for (const one of [...target.endpoints].sort((a, b) => a.share - b.share)) {
    const endpoint = `${name} ${one.address}:${one.port} weight ${one.weight} priority ${one.priority} ${one.sends}`
    const nth = (seen.get(endpoint) ?? 0) + 1
    seen.set(endpoint, nth)
    shares.set(`${endpoint} #${nth}`, one.share)
  }
}

const gatewayLines = ({ gateways }: PlaneAnswer): readonly string[] =>
  gateways.map(({ network, cluster, address, port }) => `${network} ${cluster} ${address}:${port}`).sort()

/** Where the given answers differ from the wanted ones, a sentence each. */
export function differencesOf(wanted: readonly PlaneAnswer[], given: readonly PlaneAnswer[]): readonly string[] {
  return wanted.flatMap((plane) => {
    const mine = given.find(({ controlPlane }) => controlPlane === plane.controlPlane)
    if (mine === undefined) return [`no control plane ${plane.controlPlane}`]
    const proxies = new Map(mine.proxies.map((answer) => [answer.proxy, answer]))
    const ways = gatewayLines(plane).join() === gatewayLines(mine).join() ? [] : [`${plane.controlPlane}: other gateways`]
    return [...ways, ...plane.proxies.flatMap((answer) => differencesOfProxy(plane.controlPlane, answer, proxies.get(answer.proxy)))]
  })
}

function differencesOfProxy(plane: string, wanted: ProxyAnswer, given: ProxyAnswer | undefined): readonly string[] {
  const at = `${plane} ${wanted.proxy}`
  if (given === undefined) return [`${at}: no such proxy`]
  const [is, has] = [factsOf(wanted, wanted), factsOf(given, wanted)]
  const facts = [...new Set([...is.facts.keys(), ...has.facts.keys()])].filter((key) => is.facts.get(key) !== has.facts.get(key))
  const shares = [...new Set([...is.shares.keys(), ...has.shares.keys()])].filter(
    (key) => !(Math.abs((is.shares.get(key) ?? Number.NaN) - (has.shares.get(key) ?? Number.NaN)) < tolerance),
  )
  return [
    ...facts.map((key) => `${at}: ${key}: ${has.facts.get(key)} instead of ${is.facts.get(key)}`),
    ...shares.map((key) => `${at}: ${key}: ${has.shares.get(key)} instead of ${is.shares.get(key)}`),
  ]
}
