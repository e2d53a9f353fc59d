/**
 * What does ztunnel make of the address that a captured pod dials: a service's, a workload's own, or nothing it knows?
 *
 * It goes by addresses alone. What it does not know always leaves the pod as it is: there is nothing like `REGISTRY_ONLY`. A service's own
 * entry counts only where the application dials the entry's address, which DNS outside knows nothing of. Rules AMB-3, AMB-4, AMB-8, AMB-10, AMB-14,
 * AMB-15, AMB-16, AMB-18, AMB-61.
 */
import { whyScopeOpen } from '../../istiod/ambient/why-scope-open.js'
import { ambientAssumptions, servesAmbient } from '../../istiod/ambient/serves-ambient.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { scopeOf } from '../../istiod/scope/scope-of.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { isPending } from '../../snapshot/workloads/enrolled.js'
import type { Client, ResolvedCall } from '../call/call.js'
import { goOn, type Outcome, undetermined } from '../call/outcome.js'
import type { InScope, Named } from '../call/stage-values.js'
import { assumedSelection } from './assumed-selection.js'
import { findScoped } from './find-scoped.js'

/** Undefined: no known control plane serves the client's ztunnel. */
export function recogniseByZtunnel({ client }: ResolvedCall, named: Named): Outcome<InScope> | undefined {
  const scope = scopeOf(client)
  const { view } = client
  if (scope === undefined || view === undefined) return undefined
  const open = whyOpen(client, view)
  if (open !== undefined) return undetermined('SCOPE', open, [client.workload.ref, view.controlPlane.ref])
  const assumptions = ambientAssumptions(view)
  const service = dialsAddressOf(client, named, scope)
  const scopes = whyScopeOpen(view, service?.hostname ?? named.hostname)
  if (scopes !== undefined) return undetermined('SCOPE', scopes, [view.controlPlane.ref])
  if (service === undefined) return byWorkload(client, named, scope)
  if (service.resolution === 'PASSTHROUGH' && service.registry === 'SERVICE_ENTRY') {
    const message = `\`${service.hostname}\` is a ServiceEntry of resolution \`NONE\`, for which ztunnel keeps the address that is dialled`
    const value: InScope = { mode: 'PASSTHROUGH', scope, service: undefined }
    return goOn('SCOPE', value, { reason: 'IN_SCOPE', message, because: [service.ref] }, { assumptions })
  }
  const value: InScope = { mode: service.headless ? 'ADDRESS' : 'MESH', scope, service }
  const message = service.headless
    ? `\`${service.hostname}\` is headless, so that ztunnel sees the addresses of its pods`
    : `ztunnel knows \`${service.hostname}\` by its address`
  const selected = [...assumptions, ...assumedSelection(view, service)]
  return goOn('SCOPE', value, { reason: 'IN_SCOPE', message, because: [service.ref] }, { assumptions: selected })
}

/** What nobody can say of this pod's ztunnel. */
function whyOpen({ workload, cluster }: Client, view: ControlPlaneView): string | undefined {
  const { name } = view.controlPlane
  if (servesAmbient(view) === undefined)
    return `\`${workload.owner.name}\` is captured by ztunnel, which control plane \`${name}\` tells nothing, as it runs without ambient mode (\`PILOT_ENABLE_AMBIENT\`)`
  if (isPending(workload))
    return `the capture of \`${workload.name}\` by ztunnel is under way and not done: what it sends until then is not known`
  if (view.configCluster === cluster) return undefined
  return `\`${workload.owner.name}\` is captured in cluster \`${cluster.name}\`, and its ztunnel is told of cluster \`${view.configCluster?.name ?? 'nobody'}\`, from which control plane \`${name}\` is configured: ambient mode in a cluster without a control plane of its own is not supported, and what happens there is not known`
}

/** The service whose address the application dials, by its name or by the address itself. */
function dialsAddressOf(client: Client, named: Named, scope: ProxyScope): MeshService | undefined {
  const found = findScoped(client, named, scope)?.service
  if (found === undefined) return undefined
  // Whatever DNS outside answers, it is none of the entry's own addresses.
  const isMissed = found.registry === 'SERVICE_ENTRY' && named.resolvedBy === 'UPSTREAM_DNS'
  return isMissed ? undefined : found
}

/** The workload at the address, or nobody whom ztunnel knows. */
function byWorkload(client: Client, named: Named, scope: ProxyScope): Outcome<InScope> {
  const { cluster, view } = client
  const assumptions = view === undefined ? [] : ambientAssumptions(view)
  const found = named.addresses.flatMap((address) => cluster.workloadByIp(address) ?? []).filter(({ hostNetwork }) => !hostNetwork)
  const [workload] = found
  if (workload !== undefined && found.length === named.addresses.length) {
    const message = `ztunnel knows \`${named.addresses.join('`, `')}\` as \`${workload.owner.name}\` itself`
    const value: InScope = { mode: 'ADDRESS', scope, service: undefined }
    return goOn('SCOPE', value, { reason: 'IN_SCOPE', message, because: found.slice(0, 3).map(({ ref }) => ref) }, { assumptions })
  }
  const message = `ztunnel knows nothing of \`${named.hostname}\`, and passes it on as it is to the original address`
  const value: InScope = { mode: 'PASSTHROUGH', scope, service: undefined }
  return goOn('SCOPE', value, { reason: 'UNKNOWN_PASSTHROUGH', message, because: [] }, { assumptions })
}
