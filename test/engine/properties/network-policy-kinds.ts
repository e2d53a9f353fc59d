import { object } from './object-of-kind.js'
import type { KubernetesObject } from './topologies.js'

/** The kinds of network policies with all of their fields. */
export const networkPolicyKinds: readonly KubernetesObject[] = [
  object('networking.k8s.io/v1', 'NetworkPolicy', {
    spec: {
      podSelector: { matchLabels: { app: 'reviews' }, matchExpressions: [{ key: 'a', operator: 'Exists' }] },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [
            { namespaceSelector: { matchLabels: { a: 'b' } }, podSelector: {} },
            { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
          ],
          ports: [{ protocol: 'TCP', port: 80, endPort: 90 }, { port: 'http' }],
        },
      ],
      egress: [{ to: [{ podSelector: {} }] }],
    },
  }),
  object('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', {
    spec: {
      priority: 5,
      subject: { namespaces: { matchLabels: { a: 'b' } } },
      ingress: [
        {
          name: 'r',
          action: 'Deny',
          from: [{ namespaces: {} }],
          ports: [{ portNumber: { protocol: 'TCP', port: 80 } }, { namedPort: 'http' }],
        },
      ],
      egress: [{ action: 'Pass', to: [{ networks: ['10.0.0.0/8'] }, { nodes: {} }], ports: [{ portRange: { start: 1, end: 9 } }] }],
    },
  }),
  object('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy', {
    spec: {
      tier: 'Admin',
      priority: 5,
      subject: { pods: { namespaceSelector: {}, podSelector: {} } },
      ingress: [
        {
          action: 'Accept',
          from: [{ namespaces: {} }],
          protocols: [{ tcp: { destinationPort: { number: 80 } } }, { udp: { destinationPort: { range: { start: 1, end: 2 } } } }],
        },
      ],
      egress: [{ action: 'Deny', to: [{ domainNames: ['example.com'] }], protocols: [{ destinationNamedPort: 'http' }] }],
    },
  }),
  object('cilium.io/v2', 'CiliumNetworkPolicy', {
    spec: { endpointSelector: { matchLabels: { 'k8s:app': 'other' } }, ingress: [{}] },
    specs: [{ endpointSelector: { matchLabels: { app: 'other' } }, egressDeny: [{}] }],
  }),
  object('crd.projectcalico.org/v1', 'NetworkPolicy', { spec: { selector: "app == 'other'", types: ['Ingress'], ingress: [{}] } }),
  object('crd.antrea.io/v1beta1', 'ClusterNetworkPolicy', {
    spec: {
      appliedTo: [{ podSelector: { matchLabels: { app: 'other' } }, namespaceSelector: {} }],
      ingress: [{ appliedTo: [{ group: 'g' }] }],
    },
  }),
]
