import { boundGateways } from '../../istiod/gateways/gateways-selecting.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { overlaps } from '../../snapshot/covers.js'
import { remembered } from '../../remembered.js'
import type { DestinationRule } from '../../resources/istio/destination-rule.js'
import type { ClientTls, TrafficPolicy } from '../../resources/istio/traffic-policy.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import { isOn } from '../../snapshot/flags.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { destinationsOf } from './placed-destination.js'

/** TLS that a proxy originates by a rule, and where that is written. */
interface Origination {
  readonly tls: ClientTls
  readonly path: string
  readonly istio: 'IST0128' | 'IST0129'
}

function* originationsAt(policy: TrafficPolicy | undefined, at: string): Iterable<Origination> {
  if (policy?.tls !== undefined) yield { tls: policy.tls, path: `${at}.tls`, istio: 'IST0128' }
  for (const [index, { policy: own }] of (policy?.ports ?? []).entries()) {
    if (own.tls !== undefined) yield { tls: own.tls, path: `${at}.portLevelSettings[${index}].tls`, istio: 'IST0129' }
  }
}

function* originationsOf({ policy, subsets }: DestinationRule): Iterable<Origination> {
  yield* originationsAt(policy, 'spec.trafficPolicy')
  for (const [index, subset] of subsets.entries()) yield* originationsAt(subset.policy, `spec.subsets[${index}].trafficPolicy`)
}

const meshRoutes = remembered((view: ControlPlaneView): readonly VirtualService[] =>
  [...view.configuration.virtualServices.values()]
    .flat()
    .filter(({ gateways, meta }) => boundGateways(gateways, meta.namespace).includes('mesh')),
)

/** Sidecars that are sent to a gateway for the host leave the TLS to it. */
function isLeftToGateways(view: ControlPlaneView, host: string): boolean {
  const suffix = domainSuffix(view)
  const routing = meshRoutes(view).filter((item) => item.hosts.some((own) => overlaps(qualify(own, item.meta.namespace, suffix), host)))
  return routing.some((item) =>
    [...destinationsOf(view, item)].some(({ destination, owner }) => !overlaps(qualify(destination.host, owner.namespace, suffix), host)),
  )
}

interface Fault {
  readonly message: string
  readonly severity?: 'INFO'
  readonly istio?: readonly string[]
}

function faultOf(view: ControlPlaneView, rule: DestinationRule, { tls }: Origination): Fault | undefined {
  const host = qualify(rule.host, rule.meta.namespace, domainSuffix(view))
  if (tls.mode !== 'SIMPLE' && tls.mode !== 'MUTUAL') return undefined
  if (tls.insecureSkipVerify)
    return {
      message: `\`insecureSkipVerify\` turns verification off: whoever answers for \`${host}\` is believed; give \`caCertificates\` or \`credentialName\` instead`,
    }
  if (tls.credentialName !== undefined) {
    if (rule.workloadSelector !== undefined || isLeftToGateways(view, host)) return undefined
    return {
      message: `without \`workloadSelector\` sidecars cannot use \`credentialName\`: they leave out this TLS altogether and send plaintext to \`${host}\`; add a \`workloadSelector\`, or mount the certificates and name their files`,
    }
  }
  if (tls.caCertificates !== undefined) return undefined
  if (!isOn(view.controlPlane, 'VERIFY_CERTIFICATE_AT_CLIENT'))
    return {
      message: `proxies of this release verify nothing without \`caCertificates\`: whoever answers for \`${host}\` is believed; name the authority’s file, such as \`system\``,
    }
  if (!view.servicesByHost(host).some(({ registry }) => registry === 'KUBERNETES')) return undefined
  const message = `without \`caCertificates\` the certificate of \`${host}\` is verified by the operating system’s authorities, which a service inside seldom has one of; give its authority, or \`ISTIO_MUTUAL\` for the mesh’s own`
  return { message, severity: 'INFO', istio: [] }
}

export const unverifiedOrigination: Rule = {
  code: 'DST108',
  name: 'unverified-origination',
  severity: 'WARNING',
  istio: ['IST0128', 'IST0129'],
  kiali: [],
  summary: 'TLS that a DestinationRule originates verifies nothing, or is left out by sidecars (TLS-5).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const { object, views } of objectsOf(configuration, 'destinationRules')) {
        for (const origination of originationsOf(object)) {
          const [view] = views
          const { message, severity, istio = [origination.istio] } = faultOf(view, object, origination) ?? {}
          if (message === undefined) continue
          yield { on: view.ref(object.meta, origination.path), message, istio, ...(severity === undefined ? {} : { severity }) }
        }
      }
    }
  },
}
