import type { Sidecar } from '../../resources/istio/sidecar.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'

const hasSelector = ({ workloadSelector = {} }: Sidecar): boolean => Object.keys(workloadSelector).length > 0

export const rootSidecarWithSelector: Rule = {
  code: 'CON107',
  name: 'root-sidecar-with-selector',
  severity: 'WARNING',
  istio: [],
  kiali: ['KIA1006'],
  summary: 'A Sidecar of the root namespace has a selector, so that it is for workloads of that namespace only (VIS-14).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const { object, views } of objectsOf(configuration, 'sidecars')) {
        const { namespace } = object.meta
        const isRoot = views.every(({ controlPlane }) => controlPlane.meshConfig.rootNamespace === namespace)
        if (!isRoot || !hasSelector(object)) continue
        const message = `with a \`workloadSelector\` this Sidecar is for workloads of namespace \`${namespace}\` alone, and no default of the mesh; leave the selector out, or put it into the namespace of the workloads`
        yield { on: views[0].ref(object.meta, 'spec.workloadSelector'), message }
      }
    }
  },
}

export const egressPolicyWithoutMode: Rule = {
  code: 'CON108',
  name: 'egress-policy-without-mode',
  severity: 'INFO',
  istio: [],
  kiali: ['KIA1007'],
  summary: 'A Sidecar has an outboundTrafficPolicy without mode, which means REGISTRY_ONLY (MODEL-2).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const { object, views } of objectsOf(configuration, 'sidecars')) {
        if (object.outboundModeUnstated !== true) continue
        const message =
          'an `outboundTrafficPolicy` without `mode` means `REGISTRY_ONLY`: its proxies refuse hosts that nobody declares; write the mode that is meant'
        yield { on: views[0].ref(object.meta, 'spec.outboundTrafficPolicy'), message }
      }
    }
  },
}
