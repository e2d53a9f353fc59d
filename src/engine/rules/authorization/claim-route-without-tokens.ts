/**
 * Do routes of a gateway look at claims of tokens that the gateway does not read?
 *
 * The claims are there only after a RequestAuthentication has had the token checked, at the gateway itself. Rule AUTHZ-21.
 */
import { pausing } from '../../pause.js'
import { jwtRulesFor } from '../../analysis/authorization/jwt-rules-for.js'
import { boundGateways, gatewaysSelecting } from '../../istiod/gateways/gateways-selecting.js'
import { remembered } from '../../remembered.js'
import type { HttpRoute, VirtualService } from '../../resources/istio/virtual-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import { consumersOf } from '../consumers.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'

interface ClaimRoute {
  readonly path: string
  readonly claim: string
  /** It asks that the claim be absent, or another. */
  readonly excepts: boolean
}

const isClaim = (header: string): boolean => /^@request\.auth\.claims[.[]/iu.test(header)

/** The routes that look at claims, each by the first that it names. */
function* claimRoutes(routes: readonly HttpRoute[]): Generator<ClaimRoute> {
  for (const [position, { match }] of routes.entries()) {
    for (const [index, { headers, withoutHeaders }] of match.entries()) {
      const at = `spec.http[${position}].match[${index}]`
      const asked = Object.keys(headers).find(isClaim)
      const excepted = Object.keys(withoutHeaders).find(isClaim)
      if (asked !== undefined) yield { path: `${at}.headers`, claim: asked, excepts: false }
      else if (excepted !== undefined) yield { path: `${at}.withoutHeaders`, claim: excepted, excepts: true }
    }
  }
}

/** Gateway proxies of a control plane by the names of the Gateway objects that configure them. */
const gatewayProxies = remembered((view: ControlPlaneView): ReadonlyMap<string, readonly Workload[]> => {
  const found = new Map<string, Workload[]>()
  for (const { workloads } of consumersOf(view).filter(({ atGateway }) => atGateway)) {
    for (const workload of pausing(workloads)) {
      for (const { meta } of gatewaysSelecting(view, workload)) {
        const name = `${meta.namespace}/${meta.name}`
        found.set(name, [...(found.get(name) ?? []), workload])
      }
    }
  }
  return found
})

function blindGateway(view: ControlPlaneView, { gateways, meta }: VirtualService): Workload | undefined {
  const proxies = boundGateways(gateways, meta.namespace).flatMap((name) => gatewayProxies(view).get(name) ?? [])
  return proxies.find((proxy) => jwtRulesFor(view, proxy).length === 0)
}

/** Routes by claims at a gateway that reads no tokens. */
export const claimRouteWithoutTokens: Rule = {
  code: 'AUT111',
  name: 'claim-route-without-tokens',
  severity: 'ERROR',
  istio: ['IST0149'],
  kiali: [],
  summary: 'A route of a gateway looks at claims of a token, but no RequestAuthentication makes the gateway read any (AUTHZ-21).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      if (isUnread([configuration.cluster], 'requestAuthentications')) continue
      for (const { object, views } of objectsOf(configuration, 'virtualServices')) {
        const routes = [...claimRoutes(object.http)]
        const [view] = views
        const gateway = routes.length === 0 ? undefined : blindGateway(view, object)
        if (gateway === undefined) continue
        for (const { path, claim, excepts } of routes) {
          const effect = excepts ? 'the match holds for every request' : 'no request matches'
          yield {
            on: view.ref(object.meta, path),
            severity: excepts ? 'WARNING' : 'ERROR',
            message: `no RequestAuthentication applies to gateway \`${gateway.namespace}/${gateway.owner.name}\`, so it knows no \`${claim}\` and ${effect}; add one with the issuer’s \`jwtRules\` that selects the gateway`,
          }
        }
      }
    }
  },
}
