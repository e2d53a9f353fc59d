import { pause, pausing } from '../../pause.js'
import { groupOf } from '../../manifests/kinds.js'
import { remembered } from '../../remembered.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Original, Originals } from '../originals.js'
import type { Breach, Rule } from '../rule.js'
import { toldBySchemas } from '../schema/faulty-objects.js'
import { validateAuthorizationPolicy } from './authorization-policy.js'
import { validateDestinationRule } from './destination-rule.js'
import type { Complaint, Validation } from './fields.js'
import { validateGateway } from './gateway.js'
import { validateAttachment, validateProxyConfig, validateTelemetry } from './telemetry.js'
import { validateRequestAuthentication } from './request-authentication.js'
import { validateServiceEntry } from './service-entry.js'
import { validateSidecar } from './sidecar.js'
import { validateVirtualService } from './virtual-service.js'
import { validateWorkloadEntry, validateWorkloadGroup } from './workload.js'

/** What istiod's webhook looks at, by `group/kind`. */
const validations: Readonly<Record<string, Validation>> = {
  'networking.istio.io/VirtualService': validateVirtualService,
  'networking.istio.io/DestinationRule': validateDestinationRule,
  'networking.istio.io/Gateway': validateGateway,
  'networking.istio.io/ServiceEntry': validateServiceEntry,
  'networking.istio.io/WorkloadEntry': validateWorkloadEntry,
  'networking.istio.io/WorkloadGroup': validateWorkloadGroup,
  'networking.istio.io/Sidecar': validateSidecar,
  'networking.istio.io/ProxyConfig': validateProxyConfig,
  'security.istio.io/AuthorizationPolicy': validateAuthorizationPolicy,
  'security.istio.io/RequestAuthentication': validateRequestAuthentication,
  'security.istio.io/PeerAuthentication': validateAttachment,
  'telemetry.istio.io/Telemetry': validateTelemetry,
  'extensions.istio.io/WasmPlugin': validateAttachment,
  'extensions.istio.io/TrafficExtension': validateAttachment,
}

interface Complained {
  readonly original: Original
  readonly complaints: readonly Complaint[]
}

/** So many complaints of one object are told. */
const most = 100

/** Objects that istiod's validation complains of, each looked at once for all rules; what a schema says already is left out. */
const complainedOf = remembered((originals: Originals, cluster: string): readonly Complained[] => {
  const told = toldBySchemas(originals, cluster)
  return (originals.of.get(cluster) ?? []).flatMap((original) => {
    pause()
    const { object, apiVersion, kind, index, checked } = original
    const validate = validations[`${groupOf(apiVersion)}/${kind}`]
    if (validate === undefined || object === undefined || checked?.schema === undefined) return []
    const complaints: Complaint[] = []
    for (const complaint of validate(object)) {
      if (!told(index, complaint.at)) complaints.push(complaint)
      if (complaints.length === most) break
    }
    return complaints.length === 0 ? [] : [{ original, complaints }]
  })
})

type Told = Pick<Rule, 'code' | 'name' | 'summary'>

const kindsOf = (kinds: string): ReadonlySet<string> => new Set(kinds.split(' '))

/** A rule for what is refused in objects of these kinds. */
const refusing = (kinds: string, told: Told): Rule => {
  const named = kindsOf(kinds)
  return {
    ...told,
    severity: 'ERROR',
    istio: ['IST0106'],
    kiali: [],
    *check(snapshot, _at, originals): Iterable<Breach> {
      for (const { on, kind, complaint } of complaintsIn(snapshot, originals)) {
        if (!named.has(kind) || complaint.warns === true) continue
        yield {
          on,
          message: `\`${complaint.at}\` ${complaint.says}; istiod's validation refuses the ${kind}, so that what was there before stays in force`,
        }
      }
    },
  }
}

function* complaintsIn(
  snapshot: Snapshot,
  originals: Originals | undefined,
): Iterable<{ readonly on: Breach['on']; readonly kind: string; readonly complaint: Complaint }> {
  if (originals === undefined) return
  for (const cluster of snapshot.clusters.values()) {
    for (const { original, complaints } of pausing(complainedOf(originals, cluster.name))) {
      for (const complaint of complaints) yield { on: cluster.ref(original, complaint.at), kind: original.kind, complaint }
    }
  }
}

const acceptedWithWarning: Rule = {
  code: 'VAL120',
  name: 'accepted-with-a-warning',
  severity: 'WARNING',
  istio: ['IST0133'],
  kiali: [],
  summary: 'istiod’s validation takes the object and warns: a setting is ignored, deprecated, or does something else than it seems to.',
  *check(snapshot, _at, originals): Iterable<Breach> {
    for (const { on, complaint } of complaintsIn(snapshot, originals)) {
      if (complaint.warns === true) yield { on, message: `\`${complaint.at}\` ${complaint.says}` }
    }
  },
}

/** What the code of istiod refuses or warns of, beyond what schemas say. */
export const validationRules: readonly Rule[] = [
  refusing('VirtualService', {
    code: 'VAL101',
    name: 'invalid-virtual-service',
    summary: 'A VirtualService contradicts itself or lacks what its routes need: istiod’s validation refuses it.',
  }),
  refusing('DestinationRule', {
    code: 'VAL102',
    name: 'invalid-destination-rule',
    summary: 'A DestinationRule has no host, a subset twice, or settings that contradict each other: istiod’s validation refuses it.',
  }),
  refusing('Gateway', {
    code: 'VAL103',
    name: 'invalid-gateway',
    summary: 'A Gateway has a server without usable hosts, port, protocol or TLS: istiod’s validation refuses it.',
  }),
  refusing('ServiceEntry', {
    code: 'VAL104',
    name: 'invalid-service-entry',
    summary: 'A ServiceEntry has hosts, ports or endpoints that its resolution can make nothing of: istiod’s validation refuses it.',
  }),
  refusing('Sidecar', {
    code: 'VAL105',
    name: 'invalid-sidecar',
    summary: 'A Sidecar configures nothing, or has listeners or hosts that cannot be: istiod’s validation refuses it.',
  }),
  refusing('AuthorizationPolicy', {
    code: 'VAL106',
    name: 'invalid-authorization-policy',
    summary: 'An AuthorizationPolicy has empty or unknown conditions, or an action without what it needs: istiod’s validation refuses it.',
  }),
  refusing('RequestAuthentication PeerAuthentication', {
    code: 'VAL107',
    name: 'invalid-authentication',
    summary: 'A RequestAuthentication or PeerAuthentication cannot verify or select anything: istiod’s validation refuses it.',
  }),
  refusing('WorkloadEntry WorkloadGroup', {
    code: 'VAL108',
    name: 'invalid-workload',
    summary: 'A WorkloadEntry or WorkloadGroup has an address, a port or a probe that cannot be: istiod’s validation refuses it.',
  }),
  refusing('Telemetry WasmPlugin TrafficExtension ProxyConfig', {
    code: 'VAL109',
    name: 'invalid-proxy-extension',
    summary: 'A Telemetry, WasmPlugin, TrafficExtension or ProxyConfig selects or says what cannot be: istiod’s validation refuses it.',
  }),
  acceptedWithWarning,
]
