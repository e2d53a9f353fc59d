import { flatMap } from '../../flat-map.js'
import type { Trace } from '../../analysis/answer/trace.js'
import type { ReasonCode } from '../../model/reasons.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { allProposals, type ProposedCode } from '../all-proposals.js'
import { resourceOf } from '../proposal.js'
import type { PassingCode } from './passing-codes.js'

/** Why nothing is proposed against a stop: somebody's intention, a fact of the world, or a change that only its owner can write. */
export const withoutProposal: Readonly<Partial<Record<ReasonCode, string>>> = {
  SERVER_OUTSIDE: 'the connection ends outside the topology, where no object decides',
  OUTSIDE_OF_VIEW: 'what decides belongs to others, whose objects are not proposed to be changed',
  INPUT_MISSING: 'what decides is not known: the answer names what to state or to give',
  NOT_FOLLOWED: 'nobody here works out what the named object does, so that no change of it could be tried',
  PROXY_NOT_CONFIGURED: 'the proxy asks for a control plane that is not there: its revision label or the installation is to be corrected',
  UNKNOWN_TO_ZTUNNEL: 'ambient mode across clusters is a feature of the installation',
  NOT_EXPORTED: 'whether a service is offered to other clusters is its owner’s decision',
  NOT_IMPORTED: 'the service is hidden, and the call is not stopped by that alone',
  CLUSTER_NOT_READ: 'whether a control plane may read a cluster its owner decides',
  NAMESPACE_LEFT_OUT: 'the discovery selectors leave the namespace out on purpose',
  HOSTNAME_SHADOWED: 'which of several records of a host is meant only their owners know',
  ROUTES_REFUSED: 'a route that proxies refuse has to be rewritten by its author',
  ROUTE_LOOP: 'which of the routes is to end the loop only their authors know',
  REDIRECTED: 'a redirect is an answer: ask about the address that it names',
  BACKEND_NOT_GRANTED: 'a ReferenceGrant is given by the owner of the namespace that is sent to',
  BACKEND_INVALID: 'what the route was meant to send to is not known',
  SERVER_NAME_NOT_ROUTED: 'which server names a route takes is its author’s decision',
  DIRECT_RESPONSE: 'the route answers by itself, as its author wrote',
  FAULT_ABORTED: 'the fault is injected on purpose',
  PORT_NOT_IMPORTED: 'the Sidecar names this port’s hosts on purpose: its owner adds this one',
  ADDRESS_NOT_CAPTURED: 'the name resolves to an address outside of the mesh’s control',
  NOT_CAPTURED: 'an annotation keeps the call away from the proxy on purpose',
  HOST_NOT_PROGRAMMED: 'the host needs a ServiceEntry, of which only its owner knows the ports and addresses',
  PROTOCOL_NOT_ROUTED: 'which protocol is spoken at the port only the owner of the service knows',
  PORT_MISMATCH: 'the Services of two clusters name the port differently, and which name is right is not known',
  INVALID_ADDRESS: 'which addresses the host has only DNS knows',
  NODE_LOCAL: 'the Service keeps calls on their node on purpose',
  NETWORK_VIEW: 'the proxy asks for certain networks on purpose',
  CLUSTER_LOCAL: 'the mesh keeps the service in its cluster on purpose',
  ENDPOINT_WITHOUT_ADDRESS: 'the address of the endpoint is not known',
  UNHEALTHY: 'why the pod is not ready no object tells',
  TERMINATING: 'the pod is being deleted',
  DRAINING: 'the pod is being deleted',
  NOT_DIALLED: 'the application dials another instance',
  NOT_LISTENING: 'which port the server listens on only the server knows',
  NETWORK_GATEWAY_FAMILY: 'an address of another IP family is given by the network’s owner',
  NETWORK_WITHOUT_GATEWAY: 'a gateway for the network has to be deployed first',
  AMBIENT_OTHER_NETWORK: 'ambient mode across networks is a feature of the installation',
  GATEWAY_UNREACHABLE: 'how a gateway is exposed to the outside its owner decides',
  GATEWAY_UNKNOWN_SNI: 'the service has to exist behind the gateway under the same name and port',
  GATEWAY_NOT_GLOBAL: 'owners decide which services other networks may call, mostly by the label `istio.io/global: "true"` on the Service',
  GATEWAY_NO_ENDPOINTS: 'no pod stands behind the gateway that could take the call',
  NETWORK_POLICY_NOT_MODELLED: 'nobody here works out what a policy of the network plugin lets through',
  GATEWAY_NOT_LISTENING: 'which ports a gateway opens, and with which certificate, its owner decides',
  PROTOCOL_REJECTED: 'which protocol is spoken at the port only the owner of the service knows',
  PROTOCOL_NOT_DETECTED: 'whether the server speaks first only its owner knows: then the port is to be declared TCP',
  TOKEN_REFUSED: 'a token is given by its issuer',
  NOT_DISTRIBUTED: 'the locality settings leave the place out on purpose',
  CERTIFICATE_UNREADABLE: 'the certificate has to be replaced by its owner',
  CERTIFICATE_EXPIRED: 'a certificate is renewed by whoever signs it',
  SEVERAL_ISSUERS: 'which control plane signs the identity only its cluster tells',
  NO_COMMON_ROOT: 'roots are exchanged by the owners of both certificate authorities',
  ROOTS_UNKNOWN: 'what decides is not known: the answer names what to state or to give',
  TRUST_DOMAIN_NOT_ACCEPTED: 'which trust domains are accepted is said of the handshake as a whole',
  NAME_MISMATCH: 'which names are expected is said of the handshake as a whole',
} satisfies Readonly<Record<Exclude<ReasonCode, PassingCode | ProposedCode>, string>>

/** The same of stops against which only a slip is corrected: where there is none. */
export const withoutSlip: Readonly<Partial<Record<ReasonCode, string>>> = {
  UNKNOWN_CLUSTER:
    'nothing that is there has almost the name that the route writes: only its author knows whether the name or the object is wrong',
  SUBSET_MISMATCH: 'whether the labels of the subset or of the pods are wrong is not known',
  GATEWAY_NOT_FOUND: 'a gateway has to be deployed first, or the address called at which there is one',
}

const proposed: ReadonlySet<string> = new Set(flatMap(allProposals, ({ for: reasons }) => reasons))

const leftOpen = 'nothing has to be changed: ask again with what the conditions name'

type Told = Pick<Trace, 'verdict' | 'reason' | 'decidedBy'> & Partial<Pick<Trace, 'conditions'>>

/** Why there is no remedy; null: there is one, or nothing to be remedied. */
export function whyNoRemedy(snapshot: Snapshot, told: Told, found: number): string | null {
  const { verdict, reason, decidedBy } = told
  if (found > 0 || verdict === 'REACHABLE') return null
  const because = decidedBy?.because ?? []
  if (verdict === 'UNDETERMINED') return whyOpen(snapshot, reason, because)
  const intended = reason === 'DENIED' && because.some((ref) => isDeny(snapshot, ref)) ? aDeny : undefined
  return withoutProposal[reason] ?? intended ?? withoutSlip[reason] ?? otherwise(told)
}

/** What is missing stands in the answer; of what could not be read, by whom it may be. */
const whyOpen = (snapshot: Snapshot, reason: ReasonCode, because: readonly ResourceRef[]): string | null =>
  tellUnread(snapshot, because) ?? withoutProposal[reason] ?? withoutProposal.INPUT_MISSING ?? null

const aDeny = 'a DENY is somebody’s intention, which its owner may change'

function otherwise({ verdict, reason, conditions = [] }: Told): string {
  if (proposed.has(reason)) return 'none of the changes that were tried lets the call arrive'
  return verdict === 'AMBIGUOUS' && conditions.length > 0
    ? leftOpen
    : 'several things stand in the way, and no single change of one object removes them'
}

/** What somebody has to let be read, as far as one kind is missing. */
function tellUnread({ clusters }: Snapshot, because: readonly ResourceRef[]): string | undefined {
  const missing = flatMap(because, (ref) => {
    const unread = ref.kind === 'Cluster' ? clusters.get(ref.name)?.unread.find((one) => one.ref.path === ref.path) : undefined
    return unread === undefined ? [] : [{ ...unread, cluster: ref.name }]
  })
  const [first] = missing
  if (first === undefined) return undefined
  const { kind, namespace, cluster, reason, ref } = first
  const path = ref.path ?? 'unread'
  if (reason.startsWith('broken ')) return `nothing is known to be wrong: mend what is ${reason}, and ask again`
  const kubectl = `kubectl --context ${cluster}`
  const what = `${resourceOf(kind)} ${namespace === undefined ? '-A' : `-n ${namespace}`}`
  return `nothing is known to be wrong; 1. let somebody who may list them (\`${kubectl} auth can-i list ${what}\` says \`yes\`) run \`${kubectl} get ${what} -o yaml\`; 2. put what it prints below \`items\`, if anything, into \`resources\` of cluster \`${cluster}\` in the topology document, and take \`${path}\` out of it; 3. ask again`
}

/** A policy that is there to deny; one that asks a provider, or allows too little, may deny as well. */
const isDeny = ({ clusters }: Snapshot, { kind, cluster, namespace, name }: ResourceRef): boolean =>
  kind === 'AuthorizationPolicy' &&
  (clusters.get(cluster ?? '')?.resources.authorizationPolicies.get(namespace ?? '') ?? []).some(
    ({ meta, action }) => meta.name === name && action === 'DENY',
  )
