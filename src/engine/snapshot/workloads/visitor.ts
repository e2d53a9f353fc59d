import { headerRef } from '../references.js'
import type { Workload } from './workload.js'

const noPlace = { region: '', zone: '', subzone: '' }

/** A client outside of every cluster: no proxy, no identity, and any address of the Internet. */
export const visitor: Workload = {
  cluster: '',
  namespace: '',
  name: 'outside',
  // Like a machine it is no pod of anybody's, and network policies take it for an address.
  owner: { kind: 'WorkloadEntry', name: 'outside' },
  labels: {},
  annotations: {},
  serviceAccount: '',
  ips: ['0.0.0.0/0'],
  hostNetwork: false,
  ready: true,
  synthesised: false,
  containerPorts: [],
  dataPlane: 'NONE',
  revision: '',
  controlPlane: undefined,
  proxyNetwork: '',
  networkLabel: '',
  requestedNetworks: [],
  locality: noPlace,
  tlsMode: 'disabled',
  dnsCapture: false,
  takesHbone: false,
  takesAnchors: false,
  ref: headerRef('Client', 'outside'),
  meta: { kind: 'WorkloadEntry', namespace: '', name: 'outside', labels: {}, annotations: {}, createdAt: 0, index: -1 },
}

export const isVisitor = (workload: Workload): boolean => workload === visitor
