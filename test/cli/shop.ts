import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * One cluster: a client and a server in the mesh, one name that exists without a workload, and one workload that keeps to itself.
 * Line numbers are part of what is tested.
 */
const document = `apiVersion: sightline/v1
kind: Topology
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }
      - apiVersion: apps/v1
        kind: Deployment
        metadata: { name: client, namespace: shop }
        spec: { selector: { matchLabels: { app: client } }, template: { metadata: { labels: { app: client } }, spec: { serviceAccountName: client, containers: [{ name: app }] } } }
      - apiVersion: apps/v1
        kind: Deployment
        metadata: { name: reviews, namespace: shop }
        spec: { selector: { matchLabels: { app: reviews } }, template: { metadata: { labels: { app: reviews } }, spec: { serviceAccountName: reviews, containers: [{ name: app }] } } }
      - { apiVersion: v1, kind: Service, metadata: { name: reviews, namespace: shop }, spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] } }
      - { apiVersion: v1, kind: Service, metadata: { name: empty, namespace: shop }, spec: { selector: { app: nobody }, ports: [{ name: http, port: 80 }] } }
      - apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: { name: private, namespace: other }
        spec: { hosts: [private.example], exportTo: ['.'], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DNS }
      - { apiVersion: v1, kind: Secret, metadata: { name: login, namespace: shop }, stringData: { password: kept-by-nobody } }
`

/** A folder with the document in it. */
export function writeShop(text = document): string {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-cli-'))
  writeFileSync(join(folder, 'topology.yaml'), text)
  return folder
}
