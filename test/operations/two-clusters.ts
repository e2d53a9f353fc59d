import type { AppendRequest } from '#operations/versions/append-version'

type Upload = AppendRequest['upload']

export const yaml = (text: string): Upload => ({ body: new TextEncoder().encode(text), mediaType: 'application/yaml' })

const deployment = (name: string): string =>
  `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: ${name}, namespace: shop }, spec: { selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: main, image: main }] } } } }`

const service = (name: string): string =>
  `{ apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: shop }, spec: { selector: { app: ${name} }, ports: [{ name: http, port: 80 }] } }`

/** `west` calls `cart`, which runs beside it; `east` is managed by west and holds what the test gives it. */
export const twoClusters = ({ east = [] as readonly string[], header = '' } = {}): Upload =>
  yaml(`
apiVersion: sightline/v1
kind: Topology
${header}
meshes: [{ name: mesh1 }]
clusters:
  - name: west
    mesh: mesh1
    controlPlane: { role: PRIMARY }
    remoteSecrets: [east]
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }
      - ${service('cart')}
      - ${deployment('cart')}
      - ${deployment('web')}
${eastEntry(east, '  - ', '    ')}
`)

/** The entry of east alone, as an agent in it would send it. */
export const eastAlone = (services: readonly string[]): Upload => yaml(eastEntry(services, '', ''))

const eastEntry = (services: readonly string[], first: string, rest: string): string =>
  [
    `${first}name: east`,
    `${rest}mesh: mesh1`,
    `${rest}controlPlane: { role: REMOTE, managedBy: west }`,
    `${rest}resources: [${services.map(service).join(', ')}]`,
  ].join('\n')

export const fromWeb = { cluster: 'west', namespace: 'shop', workload: 'web' }
