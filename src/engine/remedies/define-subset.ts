import { domainSuffix } from '../istiod/matching/hosts.js'
import type { RouteTarget } from '../analysis/call/stage-values.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { chosenTargets } from './chosen-targets.js'
import { configViewOf } from './config-view.js'
import { apiVersion, freeName } from './free-name.js'
import { addObjects, type Proposal, type Propose } from './proposal.js'
import { blamedBy, failedFor, type FailingPath } from './situation.js'
import { subsetNamed } from '../istiod/destination-rules/subset-named.js'

/**
 * The gateway's control plane does not know the client's subset: the same subset defined there too, under the gateway's name for the service.
 *
 * A DestinationRule of its own is merged with others of the host. Rules NET-34, ROUTE-20, ROUTE-23.
 */
export const defineSubset: Propose = (situation) => {
  const [path] = failedFor(situation, 'GATEWAY_SUBSET_MISSING')
  const target = chosenTargets(situation).find(({ subset, rule }) => subset !== '' && subsetNamed(rule, subset) !== undefined)
  return path === undefined || target === undefined ? [] : defining(situation.snapshot, path, target)
}

const defining = (snapshot: Snapshot, path: FailingPath, target: RouteTarget): readonly Proposal[] => {
  const blamed = blamedBy(path)
  const service = blamed.find(({ kind }) => kind === 'Service' || kind === 'ServiceEntry')
  const place = configViewOf(snapshot, blamed.find(({ kind }) => kind === 'Gateway')?.cluster ?? service?.cluster)
  const subset = subsetNamed(target.rule, target.subset)
  if (service === undefined || place === undefined || subset === undefined) return []
  const { view, cluster } = place
  const namespace = service.namespace ?? ''
  const host = service.kind === 'Service' ? `${service.name}.${namespace}.svc.${domainSuffix(view)}` : target.service.hostname
  const name = freeName(`${service.name}-${subset.name}`, view.configuration.destinationRules.get(namespace) ?? [])
  const manifest = {
    apiVersion: apiVersion(view, 'networking'),
    kind: 'DestinationRule',
    metadata: { name, namespace },
    spec: { host, subsets: [{ name: subset.name, labels: subset.labels }] },
  }
  const summary = `define subset \`${subset.name}\` of \`${host}\` for the gateway too: a new DestinationRule \`${namespace}/${name}\``
  return [addObjects(summary, cluster, [manifest])]
}
