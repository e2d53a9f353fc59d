import { readProxyConfig } from '#operations/questions/read-proxy-config'
import type { RouteShares } from '#engine/model/proxy-config'
import type { Selection } from '#engine/model/selection'
import type { ProxyAnswerResolvers, TopologyVersionResolvers } from '../generated/resolver-types.js'
import { checkSource } from '../check-source.js'
import { selectionOf } from '../selection.js'
import { ask } from './version-source.js'

export const proxyConfig: NonNullable<TopologyVersionResolvers['proxyConfig']> = (version, question, { dependencies }, info) => {
  if (question.from) checkSource('from', question.from)
  const wanted = selectionOf(info)
  return ask(version, dependencies, (content) => readProxyConfig(dependencies, content, question, wanted && withWholeMaps(wanted)))
}

const maps = ['routes', 'names', 'inbound'] as const

/** GraphQL knows no maps: they are lists of entries. Where nothing of one was read, there is nothing to list. */
export const proxyAnswer: ProxyAnswerResolvers = {
  routes: ({ routes }) => entriesOf(routes, sharesOf),
  names: ({ names }) => (names === undefined ? null : entriesOf(names, (addresses) => addresses)),
  inbound: ({ inbound }) => entriesOf(inbound, (mode) => mode),
}

const entriesOf = <V, E>(map: Readonly<Record<string, V>>, read: (value: V) => E): { readonly key: string; readonly value: E }[] =>
  Object.entries(map).map(([key, value]) => ({ key, value: read(value) }))

/** What goes nowhere as a whole is a share of one. */
const sharesOf = (shares: RouteShares) => (typeof shares === 'string' ? [{ key: shares, value: 1 }] : entriesOf(shares, (share) => share))

/** The query reads entries where the answer has maps, of which it then needs all. */
function withWholeMaps(wanted: Selection): Selection {
  const proxies = within(within(wanted, 'answers'), 'proxies')
  if (proxies === undefined) return wanted
  const whole = Object.fromEntries(maps.filter((map) => map in proxies).map((map) => [map, true as const]))
  return { ...wanted, answers: { ...within(wanted, 'answers'), proxies: { ...proxies, ...whole } } }
}

const within = (wanted: Selection | undefined, field: string): Selection | undefined => {
  const inside = wanted?.[field]
  return inside === true ? undefined : inside
}
