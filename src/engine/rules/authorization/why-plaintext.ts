/**
 * Does nobody who calls a workload send the mutual TLS that would prove who he is?
 *
 * One caller who does is enough. Where all send plaintext, the reason of one of them is told: they hardly differ.
 */
import { pausing } from '../../pause.js'
import { effectiveRule } from '../../istiod/destination-rules/effective-rule.js'
import { domainSuffix } from '../../istiod/matching/hosts.js'
import { endpointsOfCluster } from '../../istiod/endpoints/endpoints-of.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import { servicesSelecting, targetPortOf } from '../../snapshot/services/services-selecting.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { Labels } from '../../resources/meta.js'
import type { AuthorizationPolicy } from '../../resources/istio/authorization-policy.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { anyoneIn, type Consumer, consumersOf, labelsOf } from '../consumers.js'
import { imaginedService } from '../transport/imagined-service.js'
import { clientOf, negotiated } from '../transport/negotiated.js'
import type { Enforcing } from './policies-of.js'

interface Called {
  readonly service: MeshService
  readonly port: MeshPort
  readonly endpoint: Endpoint
}

/** Why a consumer proves nothing there; undefined: it may, by some rule or subset. */
function whyOf(consumer: Consumer, { service, port, endpoint }: Called): string | undefined {
  const { view, namespace } = consumer.scope
  const client = clientOf(consumer)
  if (client === undefined) return undefined
  let why: string | undefined
  for (const labels of labelsOf(consumer)) {
    const rule = effectiveRule(view, namespace, labels, service)
    for (const subset of ['', ...(rule?.subsets ?? []).map(({ name }) => name)]) {
      const found = negotiated(client, { service, port, subset, rule }, endpoint)
      if (found === undefined || (found.outcome.passed && found.sent.protocol !== 'PLAINTEXT')) return undefined
      why = found.sent.protocol === 'PLAINTEXT' ? `its callers send plaintext: ${found.sent.message}` : 'it takes no mutual TLS'
    }
  }
  return why
}

/** What some control plane knows of the workload as endpoints of Services. */
function* calledAt({ cluster, workload }: Enforcing, view: ControlPlaneView): Generator<Called> {
  for (const { meta, ports } of servicesSelecting(cluster, workload)) {
    const hostname = `${meta.name}.${meta.namespace}.svc.${domainSuffix(view)}`
    const service = view.service(hostname, meta.namespace)
    if (service === undefined) continue
    for (const declared of ports) {
      const port = service.ports.find(({ number }) => number === declared.number)
      const target = targetPortOf(declared, workload)
      if (port === undefined || target === undefined) continue
      const endpoint = endpointsOfCluster(view, service, port).find(
        (one) => one.workload?.owner.name === workload.owner.name && one.cluster === cluster.name,
      )
      if (endpoint !== undefined) yield { service, port, endpoint }
    }
  }
}

/** Undefined: somebody who calls the workload proves who he is, or nobody is known to call it. */
export function whyPlaintext(one: Enforcing): string | undefined {
  let why: string | undefined
  const { snapshot } = one.view
  for (const name of snapshot.controlPlanes.keys()) {
    const view = snapshot.view(name)
    for (const called of calledAt(one, view)) {
      for (const consumer of pausing(consumersOf(view))) {
        const told = whyOf(consumer, called)
        if (told === undefined) return undefined
        why = told
      }
    }
  }
  return why
}

/** Services of the namespace that would lead to such workloads, else whatever service may stand there. */
function* calledAnywhere(view: ControlPlaneView, namespace: string, labels: Labels): Generator<Called> {
  const imagined = imaginedService(view, namespace, labels)
  if (imagined === undefined) return
  const listed = (view.configCluster?.resources.services.get(namespace) ?? []).filter(
    ({ selector = {} }) => Object.keys(selector).length > 0 && selectorMatches(selector, labels),
  )
  if (listed.length === 0) yield imagined
  for (const { meta, ports } of listed) {
    const service = view.service(`${meta.name}.${namespace}.svc.${domainSuffix(view)}`, namespace)
    for (const { number, targetPort } of service === undefined ? [] : ports) {
      const port = service?.ports.find((one) => one.number === number)
      const target = typeof targetPort === 'number' ? targetPort : number
      if (service !== undefined && port !== undefined) yield { service, port, endpoint: { ...imagined.endpoint, port: target } }
    }
  }
}

const noLabels: Labels = {}

/** The same of whatever a policy selects, where the document shows no workloads. */
export function whyPlaintextAnywhere(view: ControlPlaneView, { meta, selector = noLabels }: AuthorizationPolicy): string | undefined {
  const { namespace } = meta
  if (namespace === view.controlPlane.meshConfig.rootNamespace) return undefined
  const reasons = [...calledAnywhere(view, namespace, selector)].map((one) => whyOf(anyoneIn(view, namespace), one))
  return reasons.includes(undefined) ? undefined : reasons[0]
}
