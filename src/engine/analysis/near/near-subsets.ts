import type { NearMiss } from '../../model/step.js'
import type { DestinationRule } from '../../resources/istio/destination-rule.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { effectiveRule } from '../../istiod/destination-rules/effective-rule.js'
import { listSome } from '../answer/list-some.js'
import { nearMiss } from './near-miss.js'
import { nearRules } from './near-rules.js'
import { nearWritten } from './near-written.js'

/** Which DestinationRules nearly define a subset for which a gateway is asked? Each end has to define it for its own proxies. Rules NET-34, ROUTE-20 … ROUTE-24. */
export function nearSubsets(
  { view, proxy }: { readonly view: ControlPlaneView; readonly proxy: Workload },
  hostname: string,
): readonly NearMiss[] {
  const [service] = view.servicesByHost(hostname)
  if (service === undefined) return []
  const rule = effectiveRule(view, proxy.namespace, proxy.labels, service)
  const inForce = (rule?.rules ?? []).map((one) => nearMiss(view.ref(one.meta, 'spec.subsets'), tellDefined(one)))
  return [...inForce, ...nearRules({ view, workload: proxy }, [{ service, rule }]), ...nearWritten(view, hostname, 'destinationRules')]
}

const tellDefined = ({ subsets }: DestinationRule): string =>
  subsets.length === 0
    ? 'defines no subset'
    : `defines only ${subsets.length === 1 ? 'subset' : 'subsets'} ${listSome(subsets.map(({ name }) => name))}`
