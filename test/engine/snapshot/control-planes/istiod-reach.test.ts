import { expect, it } from 'vitest'
import { snapshotOf } from '../../from-yaml.js'

const exposing = `
      - apiVersion: v1
        kind: Service
        metadata: { name: istio-eastwestgateway, namespace: istio-system }
        spec: { type: LoadBalancer, selector: { istio: eastwestgateway }, ports: [{ name: tls-istiod, port: 15012 }] }`

const topology = ({ network = 'network2', plane = '', resources = ' []', networks = '' }): string => `
${networks}
controlPlanes: [{ name: west, cluster: west${plane} }]
clusters:
  - name: west
    network: network1
    controlPlane: { role: PRIMARY }
    resources:${resources}
  - name: east
    network: ${network}
    controlPlane: { role: REMOTE, managedBy: west }
    resources: []
`
const assumed = (yaml: string): readonly string[] => snapshotOf(yaml).assumptions.map(({ code }) => code)

it('a remote cluster on another network reaches an istiod that nothing exposes only by assumption (MODEL-26)', () => {
  expect(assumed(topology({}))).toContain('ISTIOD_REACH_ASSUMED')
})

it.each([
  ['its network is the control plane’s', topology({ network: 'network1' })],
  ['its network routes to the control plane’s', topology({ networks: 'networks: [{ name: network2, routableTo: [network1] }]' })],
  ['the control plane’s address is stated', topology({ plane: ', address: "203.0.113.10:15012"' })],
  ['the east-west gateway takes istiod’s port', topology({ resources: exposing })],
])('a remote cluster reaches its istiod without an assumption where %s (MODEL-26)', (_title, yaml) => {
  expect(assumed(yaml)).not.toContain('ISTIOD_REACH_ASSUMED')
})
