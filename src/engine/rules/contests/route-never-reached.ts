import { pausing } from '../../pause.js'
import type { HttpMatch, HttpRoute, L4Match, L4Route, VirtualService } from '../../resources/istio/virtual-service.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { remembered } from '../../remembered.js'
import { type BlocksByHook, blocksByHook, type Hooks } from './blocks-by-hook.js'
import { coversConnection, coversRequest } from './covers-match.js'
import { hooksOfConnections, hooksOfRequests } from './hooks-of-requests.js'

interface Shadow {
  readonly path: string
  /** The route before that takes it. */
  readonly by: string
  /** EMPTY: that one takes everything; SAME: it has the same matches; WIDER: it has wider ones. */
  readonly how: 'EMPTY' | 'SAME' | 'WIDER'
  /** It is the whole route. */
  readonly whole: boolean
}

interface Matched<M> {
  readonly match: readonly M[]
}

/** Requests and connections that a delegate does not take go on. */
const isFinal = (route: Matched<unknown>): boolean => !('delegate' in route && (route as HttpRoute).delegate !== undefined)

/** How the matches of one kind of route are compared. */
interface Comparing<M> {
  readonly hooks: Hooks<M>
  readonly covers: (wide: M, narrow: M) => boolean
  /** Are two of one route compared? */
  readonly compares: (wide: M, narrow: M) => boolean
}

function* shadowsIn<M>(routes: readonly Matched<M>[], at: string, comparing: Comparing<M>): Iterable<Shadow> {
  const before = blocksByHook(comparing.hooks)
  let all: number | undefined
  for (const [index, route] of routes.entries()) {
    const path = `${at}[${index}]`
    if (all !== undefined) {
      yield { path, by: `${at}[${all}]`, how: 'EMPTY', whole: true }
      continue
    }
    yield* shadowedBlocks(route.match, before, path, at, comparing)
    yield* repeatedBlocks(route.match, path, comparing)
    if (!isFinal(route)) continue
    if (route.match.length === 0) all = index
    for (const block of route.match) before.put({ block, at: index })
  }
}

function* shadowedBlocks<M>(
  match: readonly M[],
  before: BlocksByHook<M>,
  path: string,
  at: string,
  { covers }: Comparing<M>,
): Iterable<Shadow> {
  const found = match.map((block) => {
    const by = before.first(block, ({ block: wide }) => covers(wide, block))
    return by && { by: `${at}[${by.at}]`, how: covers(block, by.block) ? ('SAME' as const) : ('WIDER' as const) }
  })
  const [first] = found
  if (first !== undefined && found.every((one) => one !== undefined)) {
    yield { ...first, path, how: found.every((one) => one.how === 'SAME') ? 'SAME' : 'WIDER', whole: true }
    return
  }
  for (const [index, one] of found.entries()) if (one !== undefined) yield { ...one, path: `${path}.match[${index}]`, whole: false }
}

/** Blocks of one route that another of its blocks takes in. */
function* repeatedBlocks<M>(match: readonly M[], path: string, { hooks, covers, compares }: Comparing<M>): Iterable<Shadow> {
  if (match.length < 2) return
  const all = blocksByHook(hooks)
  for (const [index, block] of match.entries()) all.put({ block, at: index })
  for (const [index, block] of match.entries()) {
    const other = all.first(
      block,
      ({ block: wide, at }) => at !== index && compares(wide, block) && covers(wide, block) && (at < index || !covers(block, wide)),
    )
    if (other !== undefined) yield { path: `${path}.match[${index}]`, by: `${path}.match[${other.at}]`, how: 'WIDER', whole: false }
  }
}

/** A path written out beside a prefix is usually meant to be read; two prefixes are a slip. */
const bothPrefixes = (wide: HttpMatch, narrow: HttpMatch): boolean =>
  (wide.uri !== undefined && 'prefix' in wide.uri && narrow.uri !== undefined && 'prefix' in narrow.uri) || coversRequest(narrow, wide)

const ofRequests: Comparing<HttpMatch> = { hooks: hooksOfRequests, covers: coversRequest, compares: bothPrefixes }
const ofConnections: Comparing<L4Match> = { hooks: hooksOfConnections, covers: coversConnection, compares: () => true }

const shadowsOf = remembered(({ http, tls, tcp }: VirtualService): readonly Shadow[] => [
  ...shadowsIn(http, 'spec.http', ofRequests),
  ...shadowsIn(tls, 'spec.tls', ofConnections),
  ...shadowsIn(tcp satisfies readonly L4Route[], 'spec.tcp', ofConnections),
])

const codesOf = ({ how }: Shadow): readonly string[] =>
  how === 'EMPTY' ? ['IST0130'] : how === 'SAME' ? ['IST0130', 'IST0131'] : ['IST0131']

function* breachesOf(whole: boolean, snapshot: Parameters<Rule['check']>[0], tell: (shadow: Shadow) => string): Iterable<Breach> {
  for (const configuration of configurationsOf(snapshot)) {
    for (const { object, views } of pausing(objectsOf(configuration, 'virtualServices'))) {
      for (const shadow of pausing(shadowsOf(object))) {
        if (shadow.whole !== whole) continue
        yield { on: views[0].ref(object.meta, shadow.path), message: tell(shadow), istio: whole ? codesOf(shadow) : ['IST0131'] }
      }
    }
  }
}

const why = ({ how, by }: Shadow): string =>
  how === 'EMPTY'
    ? `\`${by}\` before it has no \`match\` and takes everything`
    : `\`${by}\` before it ${how === 'SAME' ? 'has the same matches' : 'takes all that it matches'}`

export const routeNeverReached: Rule = {
  code: 'CON102',
  name: 'route-never-reached',
  severity: 'WARNING',
  istio: ['IST0130', 'IST0131'],
  kiali: [],
  summary: 'A route of a VirtualService stands behind one that takes all that it matches (ROUTE-2).',
  check: (snapshot) =>
    breachesOf(
      true,
      snapshot,
      (shadow) =>
        `the first route that matches is taken, and ${why(shadow)}: this one is never reached; move it before that one, or narrow that one`,
    ),
}

export const matchNeverReached: Rule = {
  code: 'CON103',
  name: 'match-never-reached',
  severity: 'INFO',
  istio: ['IST0131'],
  kiali: [],
  summary: 'A match of a route has no effect, because another one takes all of it (ROUTE-2).',
  check: (snapshot) =>
    breachesOf(
      false,
      snapshot,
      ({ by }) => `\`${by}\` takes all that this match does, so that it has no effect; leave it out, or move it before that one`,
    ),
}
