import type { KubernetesObject } from './topologies.js'

/** An object with everything that all kinds have. */
export const object = (apiVersion: string, kind: string, rest: KubernetesObject, name = 'one'): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: {
    name,
    namespace: 'shop',
    labels: { app: 'reviews' },
    annotations: { 'istio.io/any': 'x' },
    creationTimestamp: '2026-01-01T00:00:00Z',
  },
  ...rest,
})
