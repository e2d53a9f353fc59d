import type { Breach, Rule } from '../rule.js'
import { judgeDead } from './judge-dead.js'
import { type Enforcing, policiesOf } from './policies-of.js'
import { servedPorts, type ServedPort } from './served-ports.js'
import { operationsFail, operationValues } from './stated-values.js'

/** The Service port of this number, where no workload that the policy selects has a port of that number. */
function takenForTarget(at: readonly Enforcing[], value: string): { readonly served: ServedPort; readonly one: Enforcing } | undefined {
  const number = Number(value)
  let found: { readonly served: ServedPort; readonly one: Enforcing } | undefined
  for (const one of at) {
    if (one.workload.containerPorts.some((port) => port.number === number)) return undefined
    for (const served of servedPorts(one)) {
      if (served.port === number) return undefined
      if (served.servicePort === number) found ??= { served, one }
    }
  }
  return found
}

/** A port of a Service where the port of the workload is asked for. */
export const servicePortInPolicy: Rule = {
  code: 'AUT107',
  name: 'service-port-in-policy',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary:
    'A rule names the port of a Service, but is held against the port of the workload, which is another: it never matches (AUTHZ-19).',
  *check(snapshot): Iterable<Breach> {
    for (const placed of policiesOf(snapshot)) {
      const { policy, view, at } = placed
      // Gateways listen at their Services' ports, and ztunnel has no Services.
      const sidecars = at.filter(({ workload }) => workload.dataPlane === 'SIDECAR')
      const stated = sidecars.length === 0 ? [] : [...operationValues(policy, 'ports', 'destination.port')]
      const wrong = stated.flatMap((one) => {
        const taken = takenForTarget(sidecars, one.value)
        return taken === undefined ? [] : [{ ...one, ...taken }]
      })
      if (wrong.length === 0) continue
      const values = new Set(wrong.map(({ value }) => value))
      const isAlive = (value: string): boolean => !values.has(value)
      const judge = judgeDead(placed, (rule) => operationsFail(rule, 'ports', isAlive, 'destination.port'), sidecars)
      for (const found of wrong) {
        const { severity, effect } = judge(found)
        const { served, one } = found
        const message = `\`${found.value}\` is the port of Service \`${one.workload.namespace}/${served.service}\`, and the proxy of \`${one.workload.owner.name}\` compares the port that it leads to: ${effect}; write \`${served.port}\``
        yield { on: view.ref(policy.meta, found.path), severity, message }
      }
    }
  },
}
