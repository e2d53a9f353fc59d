/**
 * Which names does a client accept in the server's certificate?
 *
 * The identities of all endpoints of the host that its own control plane knows, in every cluster, each repeated for the aliases of the trust domain;
 * an empty list checks nothing. The trust domain of a remote cluster's pods is what the client's control plane reads there, which need not be
 * what issued their certificates. Rules TLS-18, TLS-19, TLS-21, TRUST-2, EDS-25, MODEL-5.
 */
import { flatMap } from '../../flat-map.js'
import type { Assumption } from '../../model/step.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { endpointsOf } from '../../istiod/endpoints/endpoints-of.js'
import { readTrustDomain } from './read-trust-domain.js'
import { parseSpiffeId, spiffeId } from '../../snapshot/workloads/spiffe-id.js'
import { remembered } from '../../remembered.js'

export interface ExpectedNames {
  readonly names: ReadonlySet<string>
  readonly assumptions: readonly Assumption[]
}

export const expectedNames = remembered((view: ControlPlaneView, service: MeshService): ExpectedNames => {
  const names = new Set<string>(service.subjectAltNames)
  const clusters = new Set<string>()
  for (const port of service.ports) {
    for (const { workload, cluster, origin, namespace, serviceAccount } of endpointsOf(view, service, port)) {
      if (serviceAccount === '') continue
      const podCluster =
        origin === 'SLICE' || origin === 'SYNTHESISED' || workload?.meta.kind === 'Pod' ? (workload?.cluster ?? cluster) : undefined
      if (podCluster !== undefined) clusters.add(podCluster)
      const trustDomain =
        podCluster === undefined ? view.controlPlane.meshConfig.trustDomain : readTrustDomain(view, podCluster).trustDomain
      names.add(spiffeId({ trustDomain, namespace, serviceAccount }))
    }
  }
  const assumptions = flatMap([...clusters], (cluster) => readTrustDomain(view, cluster).assumption ?? [])
  return { names: withAliases(names, view.controlPlane.meshConfig.trustDomainAliases), assumptions }
})

/** Every SPIFFE entry once more per alias, whatever its trust domain; the local trust domain itself is not added. */
function withAliases(names: ReadonlySet<string>, aliases: readonly string[]): ReadonlySet<string> {
  const all = new Set(names)
  for (const name of names) {
    const identity = parseSpiffeId(name)
    if (identity !== undefined) for (const trustDomain of aliases) all.add(spiffeId({ ...identity, trustDomain }))
  }
  return all
}
