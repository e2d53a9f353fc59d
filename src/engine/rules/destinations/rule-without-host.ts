import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { covers, isWildcard, overlaps } from '../../snapshot/covers.js'
import { remembered } from '../../remembered.js'
import type { DestinationRule } from '../../resources/istio/destination-rule.js'
import { readServiceName } from '../../snapshot/services/service-names.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { mayBeThere } from '../unlisted-services.js'
import { guessHost } from './tell-fault.js'

const hostsOf = remembered((view: ControlPlaneView): readonly string[] => [...new Set(view.services.map(({ hostname }) => hostname))])

/** Is there a service for which the rule is looked up? */
function concernsService(view: ControlPlaneView, host: string): boolean {
  if (!isWildcard(host)) return view.servicesByHost(host).length > 0
  return hostsOf(view).some((name) => covers(host, name))
}

/** Hosts outside of the mesh are passed on where the mesh allows that, and rules for them do nothing. */
function isPassedOn(view: ControlPlaneView, host: string): boolean {
  return (
    view.controlPlane.meshConfig.outboundMode !== 'REGISTRY_ONLY' &&
    readServiceName(host, domainSuffix(view)) === undefined &&
    host.includes('.')
  )
}

function breachIn(view: ControlPlaneView, rule: DestinationRule): Breach | undefined {
  const host = qualify(rule.host, rule.meta.namespace, domainSuffix(view))
  if (rule.host === '' || concernsService(view, host) || mayBeThere(view, host)) return undefined
  const on = view.ref(rule.meta, 'spec.host')
  const what = isWildcard(host) ? `\`${host}\` covers no host` : `\`${host}\` is no host`
  const told = `${what} of a Service or ServiceEntry that control plane \`${view.controlPlane.name}\` knows, so that the rule is never looked up and its settings have no effect`
  const near = isWildcard(host) ? wider(view, host) : guessHost(view, host)
  return { on, severity: isPassedOn(view, host) && !isMissplaced(view, host) ? 'INFO' : 'WARNING', message: `${told}${near}` }
}

const isMissplaced = (view: ControlPlaneView, host: string): boolean => view.servicesByHost(`${host}.svc.${domainSuffix(view)}`).length > 0

const wider = (view: ControlPlaneView, host: string): string => {
  const near = hostsOf(view).find((name) => overlaps(name, host))
  return near === undefined ? '' : `; \`${near}\` is wider, and a wildcard has to cover it whole`
}

export const ruleWithoutHost: Rule = {
  code: 'DST105',
  name: 'rule-without-host',
  severity: 'WARNING',
  istio: ['IST0174'],
  kiali: ['KIA0202'],
  summary: 'A DestinationRule is written for a host that no service has, so that nothing looks it up (ROUTE-20).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const { object, views } of objectsOf(configuration, 'destinationRules')) {
        const breaches = views.map((view) => breachIn(view, object))
        const [first] = breaches
        if (first !== undefined && breaches.every((breach) => breach !== undefined)) yield first
      }
    }
  },
}
