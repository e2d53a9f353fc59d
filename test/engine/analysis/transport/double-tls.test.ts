import { expect, it } from 'vitest'
import { traceCall } from '#engine/analysis/trace-call'
import { cluster, istio, pod, topology } from '../objects.js'

const web = pod('web', '10.1.0.99', { app: 'web' })
const entry = istio('ServiceEntry', 'api', {
  hosts: ['api.example.com'],
  ports: [
    { number: 80, name: 'http', protocol: 'HTTP' },
    { number: 443, name: 'https', protocol: 'HTTPS' },
  ],
  resolution: 'DNS',
})
const originate = istio('DestinationRule', 'api', {
  host: 'api.example.com',
  trafficPolicy: { portLevelSettings: [{ port: { number: 443 }, tls: { mode: 'SIMPLE' } }] },
})
const redirect = istio('VirtualService', 'api', {
  hosts: ['api.example.com'],
  http: [{ match: [{ port: 80 }], route: [{ destination: { host: 'api.example.com', port: { number: 443 } } }] }],
})

it.each([
  ['plaintext led to a TLS port is what TLS origination is for', 80, [entry, originate, redirect], 'REACHABLE', 'DELIVERED'],
  ['the application’s own TLS is wrapped twice', 443, [entry, originate, redirect], 'UNREACHABLE', 'TLS_REJECTED'],
  ['the application’s own TLS passes without a rule', 443, [entry], 'REACHABLE', 'DELIVERED'],
])('%s (TLS-5, ROUTE-9)', (_title, port, objects, verdict, reason) => {
  const from = { cluster: 'west', namespace: 'shop', workload: 'web' }
  const answer = traceCall(topology([cluster('west', [web, ...objects])]), { from, to: { host: 'api.example.com', port } }, 0)
  expect(answer).toMatchObject({ verdict, reason })
})
