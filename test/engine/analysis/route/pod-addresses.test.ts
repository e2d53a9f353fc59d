import { describe, expect, it } from 'vitest'
import type { DestinationInput } from '#engine/model/question'
import { answerTo } from '../asking.js'
import { cluster, istio, pod, type Raw, service, slice, topology } from '../objects.js'

/** The address of a pod behind a Service of its own, and that of one behind a headless Service. */
const [own, headless] = ['10.1.0.1', '10.1.0.2']
const behind = (name: string, ip: string, port: Raw, spec: Raw = { clusterIP: '10.255.0.1' }): readonly Raw[] => [
  service(name, { ports: [{ port: 3307, targetPort: 4000, ...port }], ...spec }),
  pod(`${name}-0`, ip, { app: name }),
  slice(name, [{ ip, pod: `${name}-0` }], { port: { name: String(port['name']), port: 4000 } }),
]
const mesh = (port: Raw, ...more: readonly Raw[]) => [
  pod('web', '10.1.0.99', { app: 'web' }),
  ...behind('db', own, port),
  ...behind('peers', headless, { ...port, port: 4000 }, { clusterIP: 'None' }),
  ...more,
]
const said = (objects: readonly Raw[], host: string, port: number, more: Partial<DestinationInput> = {}): string => {
  const from = { cluster: 'west', namespace: 'shop', workload: 'web' }
  const { verdict, reason } = answerTo(topology([cluster('west', objects)]), { from, to: { host, port, ...more } })
  return `${verdict} ${reason}`
}
const mode = (name: string) => istio('PeerAuthentication', 'default', { mtls: { mode: name } })

describe('an application that is dialled by its pod’s address speaks what its Service declares (ROUTE-32, TLS-11)', () => {
  const mysql = { name: 'mysql' }

  it('so a greeting of the server never comes, where plaintext arrives at a proxy that waits to see whether it is TLS', () => {
    expect(said(mesh(mysql), 'db', 3307)).toBe('REACHABLE DELIVERED')
    expect(said(mesh(mysql), own, 4000)).toBe('UNREACHABLE PROTOCOL_NOT_DETECTED')
    expect(said(mesh(mysql), own, 4000, { protocol: 'TCP' })).toBe('REACHABLE PASSTHROUGH')
    expect(said(mesh({ name: 'tcp' }), own, 4000)).toBe('REACHABLE PASSTHROUGH')
    // Nothing is waited for where TLS alone, or none, is taken.
    expect(said(mesh(mysql, mode('STRICT')), own, 4000)).toBe('UNREACHABLE TLS_REJECTED')
    expect(said(mesh(mysql, mode('DISABLE')), own, 4000)).toBe('REACHABLE PASSTHROUGH')
  })

  it('but not behind a headless Service, to whose pods the proxy has listeners and sends mutual TLS', () => {
    expect(said(mesh(mysql), headless, 4000)).toBe('REACHABLE DELIVERED')
    expect(said(mesh(mysql), 'peers', 4000)).toBe('REACHABLE DELIVERED')
    expect(said(mesh(mysql, mode('STRICT')), headless, 4000)).toBe('REACHABLE DELIVERED')
  })
})
