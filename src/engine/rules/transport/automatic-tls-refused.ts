/**
 * Does automatic mutual TLS have callers send what the servers do not take?
 *
 * It asks the policies of the namespace and the mesh first, and only then each server: a policy that turns mutual TLS off above one that asks for it
 * makes callers send plaintext. Where it is off, all send plaintext. Two control planes may also read different policies. Rules TLS-4, TLS-6, TLS-7.
 */
import { pausing } from '../../pause.js'
import { namespaceMutualTlsMode } from '../../istiod/inbound/mutual-tls-mode.js'
import { rulesOver } from '../../istiod/destination-rules/rules-over.js'
import type { DestinationRule } from '../../resources/istio/destination-rule.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import { nameConsumers } from '../consumers.js'
import type { Breach, Rule } from '../rule.js'
import { type Refusal, refusalsOf } from './refusals.js'
import { nameOf, policyOf, serverMode, type ServerMode } from './server-mode.js'

interface Cause {
  readonly on: ResourceRef
  readonly kiali: readonly string[]
  /** Why that is sent, and what to write instead. */
  readonly why: string
  readonly advice: string
}

const asksForIt = ({ policy }: DestinationRule): boolean => policy?.tls?.mode === 'ISTIO_MUTUAL'

/** Switched off in MeshConfig, and no DestinationRule asks for it: what takes nothing else gets nothing. */
function switchedOff({ view, sent, rule, service }: Refusal, { mode, policy }: ServerMode): Cause | undefined {
  if (view.controlPlane.meshConfig.enableAutoMtls || sent.protocol !== 'PLAINTEXT' || mode !== 'STRICT' || policy === undefined)
    return undefined
  const isRoot = policy.namespace === view.controlPlane.meshConfig.rootNamespace
  const [own] = rule?.rules ?? []
  const hidden = own === undefined ? undefined : rulesOver(view, service.hostname).find(asksForIt)
  if (own !== undefined && hidden !== undefined)
    return {
      on: view.ref(own.meta, 'spec.trafficPolicy'),
      kiali: ['KIA0204'],
      why: `this rule says nothing of TLS and is in force instead of DestinationRule \`${hidden.meta.namespace}/${hidden.meta.name}\`, which asks for mutual TLS`,
      advice: 'write `tls.mode: ISTIO_MUTUAL` here as well',
    }
  return {
    on: policy,
    kiali: isRoot ? ['KIA0401'] : ['KIA0501'],
    why: 'automatic mutual TLS is off in MeshConfig, and no DestinationRule asks for it',
    advice: 'switch `enableAutoMtls` on, or add a DestinationRule with `tls.mode: ISTIO_MUTUAL`',
  }
}

/** The policy above turns it off, which callers look at before they look at the server. */
function offAbove({ view, sent, service }: Refusal, { mode, policy }: ServerMode): Cause | undefined {
  const above = namespaceMutualTlsMode(view, service.namespace)
  const [wide] = above.because
  if (sent.protocol !== 'PLAINTEXT' || mode !== 'STRICT' || above.mode !== 'DISABLE' || policy === undefined || wide === undefined)
    return undefined
  return {
    on: policy,
    kiali: [],
    why: `${nameOf(wide)} turns mutual TLS off for the whole ${wide.namespace === service.namespace ? 'namespace' : 'mesh'}, which callers look at first`,
    advice: 'set that one to `PERMISSIVE`, and `DISABLE` only for the workloads that need it',
  }
}

/** The servers' control plane reads another policy than the callers' does. */
function readElsewhere({ view, server }: Refusal, { policy }: ServerMode): Cause | undefined {
  if (policy === undefined || server.controlPlane === view.controlPlane.name) return undefined
  if (policy.cluster === view.configCluster?.name && policyOf(view, policy) !== undefined) return undefined
  return {
    on: policy,
    kiali: [],
    why: `control plane \`${view.controlPlane.name}\` of the callers does not read that policy`,
    advice: 'keep the same PeerAuthentications in the clusters of both control planes',
  }
}

/** Annotations of the server keep the port away from its proxy, which nobody who calls knows. */
const leftOut = ({ server, sent }: Refusal, { mode }: ServerMode): Cause | undefined =>
  mode !== 'NO_PROXY' || sent.protocol !== 'ISTIO_MUTUAL' || server.dataPlane === 'NONE'
    ? undefined
    : {
        on: server.ref,
        kiali: [],
        why: 'the server has a proxy',
        advice: 'let the proxy take the port, or turn mutual TLS off for it by `portLevelMtls` or a DestinationRule',
      }

/** What else decides it: a service that sends to all of its endpoints alike, or one that is said to be outside. */
const otherwise = ({ service, sent }: Refusal): Cause => ({
  on: service.ref,
  kiali: [],
  why: sent.message,
  advice: service.meshExternal ? 'say `location: MESH_INTERNAL`' : 'make all of its endpoints, and its policies, take the same',
})

const causeOf = (refusal: Refusal, server: ServerMode): Cause =>
  leftOut(refusal, server) ??
  switchedOff(refusal, server) ??
  offAbove(refusal, server) ??
  readElsewhere(refusal, server) ??
  otherwise(refusal)

interface Told {
  readonly refusal: Refusal
  readonly cause: Cause
  readonly server: ServerMode
  readonly hosts: Set<string>
}

const sends = { PLAINTEXT: 'plaintext', ISTIO_MUTUAL: 'Istio mutual TLS', OTHER_TLS: 'other TLS' } as const

function tell({ refusal, cause, server, hosts }: Told): string {
  const { service, port, consumers, sent } = refusal
  const host = service.hostname.startsWith('*') ? 'services there' : `\`${service.hostname}:${port.number}\``
  const more = hosts.size > 1 ? ` and ${hosts.size - 1} more` : ''
  return `calls from ${nameConsumers(consumers)} to ${host}${more} go out as ${sends[sent.protocol]}, since ${cause.why}, and are refused: ${server.told}; ${cause.advice}`
}

/** Policies, without any DestinationRule, contradict each other. */
export const automaticTlsRefused: Rule = {
  code: 'TLS102',
  name: 'automatic-tls-refused',
  severity: 'ERROR',
  istio: [],
  kiali: ['KIA0204', 'KIA0401', 'KIA0501'],
  summary: 'What callers send of their own accord is refused by the servers, since policies contradict each other (TLS-4, TLS-6, TLS-7).',
  *check(snapshot): Iterable<Breach> {
    const told = new Map<string, Told>()
    for (const refusal of pausing(refusalsOf(snapshot))) {
      if (refusal.rule?.transportTls(refusal.port.number, refusal.subset) !== undefined) continue
      const server = serverMode(snapshot, refusal.server, refusal.serverPort)
      const cause = causeOf(refusal, server)
      const key = `${cause.on.cluster} ${cause.on.kind} ${cause.on.namespace}/${cause.on.name} ${cause.why}`
      const known = told.get(key)
      if (known === undefined) told.set(key, { refusal, cause, server, hosts: new Set([refusal.service.hostname]) })
      else known.hosts.add(refusal.service.hostname)
    }
    for (const one of told.values()) yield { on: one.cause.on, kiali: one.cause.kiali, message: tell(one) }
  },
}
