import type { HttpMatch, HttpRoute, L4Match, L4Route, VirtualService } from '../../resources/istio/virtual-service.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { coversConnection, coversRequest } from './covers-match.js'

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

function* shadowsIn<M>(
  routes: readonly Matched<M>[],
  at: string,
  covers: (wide: M, narrow: M) => boolean,
  compares: (wide: M, narrow: M) => boolean,
): Iterable<Shadow> {
  const before: { readonly block: M | undefined; readonly route: number }[] = []
  for (const [index, { match }] of routes.entries()) {
    const path = `${at}[${index}]`
    const all = before.find(({ block }) => block === undefined)
    if (all !== undefined) yield { path, by: `${at}[${all.route}]`, how: 'EMPTY', whole: true }
    else yield* shadowedBlocks(match, before, path, at, covers)
    if (all === undefined) yield* repeatedBlocks(match, path, covers, compares)
    const route = routes[index]
    if (route === undefined || !isFinal(route)) continue
    if (match.length === 0) before.push({ block: undefined, route: index })
    for (const block of match) before.push({ block, route: index })
  }
}

function* shadowedBlocks<M>(
  match: readonly M[],
  before: readonly { readonly block: M | undefined; readonly route: number }[],
  path: string,
  at: string,
  covers: (wide: M, narrow: M) => boolean,
): Iterable<Shadow> {
  const found = match.map((block) => {
    const by = before.find(({ block: wide }) => wide !== undefined && covers(wide, block))
    if (by?.block === undefined) return undefined
    return { by: `${at}[${by.route}]`, how: covers(block, by.block) ? ('SAME' as const) : ('WIDER' as const) }
  })
  const [first] = found
  if (first !== undefined && found.every((one) => one !== undefined)) {
    yield { ...first, path, how: found.every((one) => one.how === 'SAME') ? 'SAME' : 'WIDER', whole: true }
    return
  }
  for (const [index, one] of found.entries()) if (one !== undefined) yield { ...one, path: `${path}.match[${index}]`, whole: false }
}

/** Blocks of one route that another of its blocks takes in. */
function* repeatedBlocks<M>(
  match: readonly M[],
  path: string,
  covers: (wide: M, narrow: M) => boolean,
  compares: (wide: M, narrow: M) => boolean,
): Iterable<Shadow> {
  for (const [index, block] of match.entries()) {
    const other = match.findIndex(
      (wide, place) => place !== index && compares(wide, block) && covers(wide, block) && (place < index || !covers(block, wide)),
    )
    if (other >= 0) yield { path: `${path}.match[${index}]`, by: `${path}.match[${other}]`, how: 'WIDER', whole: false }
  }
}

/** A path written out beside a prefix is usually meant to be read; two prefixes are a slip. */
const bothPrefixes = (wide: HttpMatch, narrow: HttpMatch): boolean =>
  (wide.uri !== undefined && 'prefix' in wide.uri && narrow.uri !== undefined && 'prefix' in narrow.uri) || coversRequest(narrow, wide)

const always = (): boolean => true
const shadowsOf = ({ http, tls, tcp }: VirtualService): readonly Shadow[] => [
  ...shadowsIn<HttpMatch>(http, 'spec.http', coversRequest, bothPrefixes),
  ...shadowsIn<L4Match>(tls, 'spec.tls', coversConnection, always),
  ...shadowsIn<L4Match>(tcp satisfies readonly L4Route[], 'spec.tcp', coversConnection, always),
]

const codesOf = ({ how }: Shadow): readonly string[] =>
  how === 'EMPTY' ? ['IST0130'] : how === 'SAME' ? ['IST0130', 'IST0131'] : ['IST0131']

function* breachesOf(whole: boolean, snapshot: Parameters<Rule['check']>[0], tell: (shadow: Shadow) => string): Iterable<Breach> {
  for (const configuration of configurationsOf(snapshot)) {
    for (const { object, views } of objectsOf(configuration, 'virtualServices')) {
      for (const shadow of shadowsOf(object)) {
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
