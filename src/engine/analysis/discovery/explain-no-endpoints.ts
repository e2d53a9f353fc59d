import type { ReasonCode } from '../../model/reasons.js'
import type { UntoldStep } from '../call/untold-step.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Client } from '../call/call.js'
import { distinctRefs } from '../call/distinct-refs.js'
import { stepOf } from '../call/outcome.js'
import { subsetNamed } from '../../istiod/destination-rules/subset-named.js'
import { tellSelectorMiss } from '../near/selector-miss.js'
import type { Dropped, RouteTarget } from '../call/stage-values.js'
import { leftOutEndpoints, tellStanding, unseenEndpoints } from './unseen-endpoints.js'
import { whyEmpty } from './why-empty.js'

const failed = (outcome: 'STOPPED' | 'UNDETERMINED', reason: ReasonCode, message: string, because: UntoldStep['because']): UntoldStep =>
  stepOf('DISCOVERY', outcome, { reason, message, because })

const mostTold = 2

const tellEmpty = (messages: readonly string[]): string =>
  [...messages.slice(0, mostTold), ...(messages.length > mostTold ? [`${messages.length - mostTold} more`] : [])].join(' and ')

function tellDropped(host: string, dropped: readonly Dropped[]): string {
  const shown = [...new Set(dropped.map(({ message }) => message))].slice(0, 3).join('; ')
  return dropped.length === 1
    ? `the only endpoint of ${host} may not take the call, as ${shown}`
    : `none of ${dropped.length} endpoints of ${host} may take the call, as ${shown}`
}

const isOfSubset = ({ reason }: Dropped): boolean => reason === 'SUBSET_MISMATCH'

/** Who sends the call to the subset. */
const askedBy = ({ because }: RouteTarget, dropped: readonly Dropped[]): UntoldStep['because'] =>
  dropped.every(isOfSubset) ? because.map((ref) => deeper(ref, 'destination.subset')) : []

const deeper = (ref: UntoldStep['because'][number], field: string): typeof ref =>
  ref.kind === 'VirtualService' && ref.path?.endsWith(']') === true ? { ...ref, path: `${ref.path}.${field}` } : ref

/** A subset that picks nobody, by one label and of all endpoints alike: who asks for it, what it selects, and what there is (EDS-27). */
function askedInVain({ service, port, subset, rule, because }: RouteTarget, dropped: readonly Dropped[]): string | undefined {
  const labels = subsetNamed(rule, subset)?.labels
  const [sender] = because
  if (labels === undefined || sender?.kind !== 'VirtualService' || !dropped.every(isOfSubset)) return undefined
  const whose = dropped.length === 1 ? 'its only endpoint' : `each of its ${dropped.length} endpoints`
  const [told, ...others] = new Set(dropped.map(({ endpoint }) => tellSelectorMiss(labels, endpoint.labels, whose)))
  if (told === undefined || others.length > 0) return undefined
  const host = `\`${service.hostname}:${port.number}\``
  return `VirtualService \`${sender.namespace}/${sender.name}\` sends the call to subset \`${subset}\` of ${host}, which ${told}; so no endpoint is left`
}

/**
 * Why the proxy has nobody to send the call to: endpoints that its control plane does not read, or those that were taken out.
 *
 * Unknown remote secrets decide here, so that the answer is UNDETERMINED instead of no. Rules EDS-1, EDS-2, EDS-27, FLOW-5.
 */
export function explainNoEndpoints(view: ControlPlaneView, client: Client, target: RouteTarget, dropped: readonly Dropped[]): UntoldStep {
  const host = `\`${target.service.hostname}:${target.port.number}\``
  const unseen = unseenEndpoints(view, target)
  const refs = unseen.map(({ ref }) => ref)
  const name = view.controlPlane.name
  // A cluster of names that the proxy resolves is not even created when nothing is left of it (EDS-27).
  const reason = target.service.resolution.startsWith('DNS') ? 'UNKNOWN_CLUSTER' : 'NO_ENDPOINTS'
  if (unseen.length > 0) {
    const where = unseen.map(tellStanding).join(' and ').slice(0, -1)
    if (!view.clustersKnown) {
      const message = `${host} has no endpoint that control plane \`${name}\` surely reads; whether it reads ${where}, is not given (\`remoteSecrets\`)`
      return failed('UNDETERMINED', 'INPUT_MISSING', message, [...refs, view.controlPlane.ref])
    }
    const message = `${host} has no endpoint for the proxy, as control plane \`${name}\` has no remote secret for ${where}`
    return failed('STOPPED', 'NO_ENDPOINTS', message, [...refs, view.controlPlane.ref])
  }
  if (dropped.length > 0) {
    const message = askedInVain(target, dropped) ?? tellDropped(host, dropped)
    const because = [...new Set([...askedBy(target, dropped), ...dropped.slice(0, 5).flatMap((drop) => drop.because)])]
    return failed('STOPPED', reason, message, because)
  }
  const leftOut = leftOutEndpoints(view, target)
  if (leftOut !== undefined)
    return failed('STOPPED', reason, `${host} has no endpoint for the proxy, as ${leftOut.message}`, [...leftOut.because])
  const empty = whyEmpty(view, target)
  if (empty.length > 0) {
    const message = `${host} has no endpoint, as ${tellEmpty(empty.map((one) => one.message))}`
    return failed('STOPPED', reason, message, distinctRefs([target.service.ref, ...empty.flatMap(({ because }) => because)]))
  }
  const message = `${host} has no endpoint in any cluster that control plane \`${name}\` reads (the client is in cluster \`${client.cluster.name}\`)`
  return failed('STOPPED', reason, message, [target.service.ref])
}
