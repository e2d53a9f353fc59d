import { domainSuffix, qualify } from '../istiod/matching/hosts.js'
import type { ResourceRef } from '../model/resource-ref.js'
import type { HttpMatch, VirtualService } from '../resources/istio/virtual-service.js'
import { changeObject } from '../simulate/change-object.js'
import { derivedRoute, plainMatch } from '../snapshot/control-planes/derived/derived.js'
import type { ControlPlaneView } from '../snapshot/snapshot.js'
import { type ConfigView, configViewOf } from './config-view.js'
import { patchValues, type Proposal, type Propose } from './proposal.js'
import type { Situation } from './situation.js'

/**
 * A VirtualService has routes, and none of them takes the request: one more at their end, for this request alone, to where the others lead.
 *
 * The first that matches takes a request, so that one at the end takes nothing from those that are there. Rules ROUTE-2, ROUTE-7.
 */
export const takeRequest: Propose = (situation) =>
  situation.blamed.flatMap((ref) => {
    const place = ref.kind === 'VirtualService' && ref.path === 'spec.http' ? configViewOf(situation.snapshot, ref.cluster) : undefined
    return place === undefined ? [] : adding(situation, place, ref)
  })

function adding(situation: Situation, { view, cluster }: ConfigView, { namespace, name }: ResourceRef): readonly Proposal[] {
  const item = view.configuration.virtualServices.get(namespace ?? '')?.find(({ meta }) => meta.name === name)
  const asked = requestOf(situation)
  const to = item === undefined || item.meta.origin !== undefined ? undefined : destinationOf(view, item, situation.question.to.port)
  if (item === undefined || asked === undefined || to === undefined) return []
  const { host, port } = to
  const value = { ...asked.written, route: [{ destination: { host, port: { number: port } } }] }
  const route = derivedRoute(asked.match, [{ host, subset: '', port }])
  const summary = `let VirtualService \`${namespace}/${name}\` take ${asked.told} too: a route at its end, to \`${host}:${port}\`${asked.rest}`
  return [
    patchValues(summary, cluster, item.meta, [{ path: 'spec.http', value, isAdded: true }], (resources) =>
      changeObject(resources, 'virtualServices', item, (object) => ({ ...object, http: [...object.http, route] })),
    ),
  ]
}

/** The service that all routes lead to, at the port that is called, or else its only one. */
function destinationOf(view: ControlPlaneView, item: VirtualService, called: number | null | undefined) {
  const host = hostOf(item, (written) => qualify(written, item.meta.namespace, domainSuffix(view)))
  const ports = host === undefined ? [] : (view.servicesByHost(host)[0]?.ports ?? [])
  const port = ports.find(({ number }) => number === called) ?? (ports.length === 1 ? ports[0] : undefined)
  return host === undefined || port === undefined ? undefined : { host, port: port.number }
}

/** The one that all its routes lead to. */
function hostOf({ http }: VirtualService, qualified: (written: string) => string): string | undefined {
  const hosts = new Set(http.flatMap(({ route }) => route.map(({ host }) => qualified(host))))
  const [only, ...others] = hosts
  return others.length > 0 ? undefined : only
}

interface Asked {
  readonly written: Readonly<Record<string, unknown>>
  readonly match: HttpMatch | undefined
  readonly told: string
  /** What is refused as before. */
  readonly rest: string
}

/** Its method and its path, without the query, as far as the question states them. */
function requestOf({ calls: [call] }: Situation): Asked | undefined {
  if (call === undefined) return undefined
  const { method, path } = call.attributes
  const bare = path?.replace(/[?#][^]*$/u, '')
  const matched = {
    ...(method === undefined ? {} : { method: { exact: method } }),
    ...(bare === undefined ? {} : { uri: { exact: bare } }),
  }
  if (Object.keys(matched).length === 0) return { written: {}, match: undefined, told: 'every other request', rest: '' }
  const others = [...(bare === undefined ? [] : ['paths']), ...(method === undefined ? [] : ['methods'])].join(' and ')
  const told = `\`${[method, bare].filter(Boolean).join(' ')}\``
  return {
    written: { match: [matched] },
    match: { ...plainMatch, ...matched },
    told,
    rest: `; other ${others} that no route takes still get 404`,
  }
}
