/** Pieces of topologies, as lines of YAML flow style: what a test does not say is left out. */
export const namespace = (name: string, labels = 'istio-injection: enabled'): string =>
  `{ apiVersion: v1, kind: Namespace, metadata: { name: ${name}, labels: { ${labels} } } }`

export const deployment = (place: string, podLabels = ''): string => {
  const [ns, name] = place.split('/')
  const labels = `app: ${name}${podLabels === '' ? '' : `, ${podLabels}`}`
  const template = `{ metadata: { labels: { ${labels} } }, spec: { serviceAccountName: ${name}, containers: [{ name: app, ports: [{ containerPort: 8080 }] }] } }`
  return `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: ${name}, namespace: ${ns} }, spec: { template: ${template} } }`
}

export const service = (place: string, more = ''): string => {
  const [ns, name] = place.split('/')
  return `{ apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: ${ns}${more} }, spec: { clusterIP: 10.1.0.${name?.length}, selector: { app: ${name} }, ports: [{ name: http, port: 80, targetPort: 8080 }] } }`
}

export const object = (kind: string, place: string, spec: string): string => {
  const [ns, name] = place.split('/')
  const group = ['AuthorizationPolicy', 'PeerAuthentication'].includes(kind) ? 'security' : 'networking'
  return `{ apiVersion: ${group}.istio.io/v1, kind: ${kind}, metadata: { name: ${name}, namespace: ${ns} }, spec: ${spec} }`
}

/** A cluster with its own control plane. */
export const cluster = (name: string, header: string, resources: readonly string[]): string =>
  `  - name: ${name}\n    controlPlane: { role: PRIMARY }\n    mesh: mesh1\n${header.replace(/^(?=.)/gm, '    ')}\n    resources:\n${resources.map((item) => `      - ${item}`).join('\n')}\n`

export const topology = (...clusters: readonly string[]): string => `clusters:\n${clusters.join('')}`
