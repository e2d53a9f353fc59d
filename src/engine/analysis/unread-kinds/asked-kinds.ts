/**
 * Which stage looks at objects of which kinds?
 *
 * Where some of them could not be read, a stage says where it would have looked for them, and is left open by those that could change what it
 * says (`leave-open.ts`). A kind that is read and asked for by no stage does not compile.
 */
import type { Stage } from '../../model/verdict.js'
import type { KindName } from '../../snapshot/clusters/unread-kind.js'

/** What tells which endpoints there are, and what stands at them. */
const endpoints = ['services', 'endpointSlices', 'pods', 'podControllers'] as const

/** What makes a service of a host. */
const ofServices = ['services', 'serviceEntries', 'virtualServices'] as const

/** What tells of control planes, and of whom they serve. */
const ofControlPlanes = ['namespaces', 'configMaps', 'installations', 'podControllers', 'pods', 'revisionTags'] as const

/** What opens gateways, and leads on from them. */
export const gatewayKinds = [
  'gateways',
  'kubernetesGateways',
  'gatewayClasses',
  'listenerSets',
  'gatewayRoutes',
  'referenceGrants',
  'ingresses',
  'ingressClasses',
] as const

/** What routes calls inside of the mesh, and how connections are made where they lead. */
export const meshRouteKinds = ['virtualServices', 'gatewayRoutes'] as const
export const ruleKinds = ['destinationRules', 'backendTlsPolicies'] as const

export const askedKinds = {
  NAME: [
    ...endpoints,
    'serviceEntries',
    'serviceImports',
    'serviceExports',
    'configMaps',
    'proxyConfigs',
    'networkPolicies',
    'adminPolicies',
  ],
  SCOPE: [...ofServices, 'serviceImports', ...ofControlPlanes, 'sidecars', ...gatewayKinds],
  ROUTE: ['virtualServices', ...ruleKinds, ...gatewayKinds],
  DISCOVERY: [...endpoints, 'workloadEntries', 'serviceExports', 'serviceImports', ...ruleKinds, 'secrets'],
  NETWORK: [...endpoints, 'nodes', 'namespaces', ...gatewayKinds, 'virtualServices', ...ruleKinds, 'peerAuthentications'],
  NETWORK_POLICY: ['networkPolicies', 'adminPolicies', 'pluginPolicies', 'namespaces'],
  TRANSPORT: ['peerAuthentications', ...ruleKinds, ...gatewayKinds, 'sidecars', 'namespaces', 'services'],
  TRUST: ['secrets', 'configMaps'],
  AUTHORIZATION: ['authorizationPolicies', 'requestAuthentications', 'envoyFilters', 'extensions'],
  DISTRIBUTION: ['nodes'],
} as const satisfies Readonly<Record<Stage, readonly KindName[]>>

/** The kinds that a stage looks at. */
export type KindAt<S extends Stage> = (typeof askedKinds)[S][number]

/** Kinds that decide nothing by themselves, and why. */
export const neverAsked: Readonly<Record<Exclude<KindName, KindAt<Stage>>, string>> = {
  telemetries: 'no call is decided by what is reported of it',
  workloadGroups: 'its machines are those of its WorkloadEntries',
  legacyEndpoints: 'EndpointSlices say the same',
  serviceAccounts: 'who runs as whom is what pods say',
  webhooks: 'whom they take is what the labels of namespaces and pods say',
}
