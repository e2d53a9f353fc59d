import type { KubernetesObject } from './kubernetes-object.js'
import type { Plan, PlannedApplication, PlannedCluster } from './plan.js'

const version = 'gateway.networking.k8s.io/v1'
const gateway = { name: 'edge', namespace: 'istio-system' }

/** Every fourth is reached from outside as well. */
const isPublic = ({ position }: PlannedApplication): boolean => position % 4 === 0

function routeOf(application: PlannedApplication): KubernetesObject {
  const { name, namespace } = application
  const backendRefs = [{ name, port: 80 }]
  const ofService = { group: '', kind: 'Service', name, port: 80 }
  return {
    apiVersion: version,
    kind: 'HTTPRoute',
    metadata: { creationTimestamp: '2026-02-12T09:00:00Z', name, namespace },
    spec: {
      hostnames: [`${name}.${namespace}.example`],
      parentRefs: isPublic(application) ? [ofService, gateway] : [ofService],
      rules: [
        { backendRefs, matches: [{ headers: [{ name: 'x-canary', value: 'true' }], path: { type: 'PathPrefix', value: '/' } }] },
        { backendRefs, matches: [{ path: { type: 'PathPrefix', value: '/admin' } }] },
        {
          backendRefs: [
            { ...backendRefs[0], weight: 90 },
            { ...backendRefs[0], weight: 10 },
          ],
        },
      ],
    },
  }
}

const edge: KubernetesObject = {
  apiVersion: version,
  kind: 'Gateway',
  metadata: gateway,
  spec: {
    gatewayClassName: 'istio',
    listeners: [{ allowedRoutes: { namespaces: { from: 'All' } }, name: 'http', port: 80, protocol: 'HTTP' }],
  },
}

/** Routes of the Gateway API for each application of the namespaces that have them, and the Gateway by which some are reached. */
export function routeObjects({ mixed, namespaces }: Plan, { applications }: PlannedCluster): readonly KubernetesObject[] {
  const routed = new Set(namespaces.flatMap(({ name, byGatewayApi }) => (byGatewayApi ? [name] : [])))
  return mixed ? [edge, ...applications.filter(({ namespace }) => routed.has(namespace)).map(routeOf)] : []
}
