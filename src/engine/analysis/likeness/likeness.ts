/**
 * Who may stand for whom: which fields of a workload tell two instances apart, as callers and as servers?
 *
 * A field of a kind is looked at by every question; a look is reported by the stage that takes it (a locality, a node, an address), and only
 * then tells instances of a kind apart. A new field of `Workload` does not compile until somebody decides here.
 */
import type { Labels } from '../../resources/meta.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { ipFamily } from '../../istiod/matching/ip-family.js'
import type { CallerLook, Look, ServerLook } from '../call/look.js'
import { istioAnnotations, lastingLabels } from './lasting-labels.js'

/** What one side makes of a field: nothing at all, part of the kind, or something that a stage may look at. */
interface Regard<V, L extends Look> {
  /** The part of the value that makes another kind; `named`: volatile labels that some object names. */
  readonly kind?: (value: V, named: ReadonlySet<string>) => unknown
  readonly look?: L
}

/** Both sides of a call: who asks, and who is asked. */
export interface Sides<V> {
  readonly callers: Regard<V, CallerLook>
  readonly servers: Regard<V, ServerLook>
}

export type Field = keyof Workload

type Likeness = { readonly [F in Field]: Sides<Workload[F]> }

const nobody = {}
const whole = { kind: (value: unknown): unknown => value }
const everybody = { callers: whole, servers: whole }
const labels = { kind: (value: Labels, named: ReadonlySet<string>) => lastingLabels(value, named) }
const annotations = { kind: istioAnnotations }

/** A proxy of one family alone is not given gateways of the other (NET-13). */
const families = (ips: readonly string[]): string => [...new Set(ips.map((ip) => ipFamily(ip) ?? ''))].sort().join()

export const likeness: Likeness = {
  cluster: everybody,
  namespace: everybody,
  owner: everybody,
  serviceAccount: everybody,
  dataPlane: everybody,
  controlPlane: everybody,
  proxyNetwork: everybody,
  networkLabel: everybody,
  tlsMode: everybody,
  // Policies know pods that use their node's network by its address alone (NP-16).
  hostNetwork: everybody,
  labels: { callers: labels, servers: labels },
  annotations: { callers: annotations, servers: annotations },
  // A gateway behind which the call goes on is a caller too.
  requestedNetworks: everybody,
  dnsCapture: { callers: whole, servers: nobody },
  takesAnchors: everybody,
  takesHbone: { callers: nobody, servers: whole },
  // Target ports that are named, and the listeners of a gateway.
  containerPorts: everybody,
  synthesised: { callers: nobody, servers: whole },
  ips: { callers: { kind: families, look: 'CALLER_ADDRESS' }, servers: { look: 'SERVER_ADDRESS' } },
  nodeName: { callers: { look: 'CALLER_NODE' }, servers: { look: 'SERVER_PLACE' } },
  locality: { callers: { look: 'CALLER_LOCALITY' }, servers: { look: 'SERVER_PLACE' } },
  // Of equal callers one that is ready stands for the rest; servers that are not are no longer on the way.
  ready: { callers: nobody, servers: nobody },
  // The control plane that it led to is what counts.
  revision: { callers: nobody, servers: nobody },
  name: { callers: nobody, servers: { look: 'SERVER_ITSELF' } },
  ref: { callers: nobody, servers: { look: 'SERVER_ITSELF' } },
  // Expected names differ by it: a WorkloadEntry is of no cluster (TRUST-2).
  meta: { callers: nobody, servers: { kind: ({ kind }) => kind, look: 'SERVER_ITSELF' } },
}
