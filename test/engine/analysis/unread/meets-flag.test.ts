import { describe, expect, it } from 'vitest'
import { meetsFlag } from '#engine/analysis/unread/meets-flag'
import { ask, cluster, deployment, istio, type Manifest, namespace, service, told, topology } from '../../combinations/asking.js'

const ledger = [deployment('bank/ledger'), service('bank/ledger')]
const unknown = 'UNDETERMINED NOT_FOLLOWED at AUTHORIZATION'
const fine = 'REACHABLE DELIVERED'

describe('a flag that nobody follows leaves open the calls that meet what it changes (MODEL-13)', () => {
  const withFlags = (flags: Manifest, extra: readonly Manifest[] = [], to = 'ledger.bank') =>
    ask(
      topology([cluster('west', [deployment('shop/web'), ...ledger, ...extra])], {
        controlPlanes: [{ name: 'west', cluster: 'west', version: '1.30.2', flags }],
      }),
      'west/shop/web',
      to,
    )

  it('one that concerns all of them', () => {
    expect(told(withFlags({ ISTIO_WATCH_NAMESPACE: 'shop' }))).toBe(unknown)
    expect(told(withFlags({ ISTIO_WATCH_NAMESPACE: '' }))).toBe(fine)
  })

  it('one of workloads that Services pick, where such a one is the server (EDS-12)', () => {
    const machine = istio('WorkloadEntry', 'bank/vm', { address: '10.9.9.9', labels: { app: 'vat' } })
    const off = { PILOT_ENABLE_K8S_SELECT_WORKLOAD_ENTRIES: 'false' }
    expect(withFlags(off, [machine, service('bank/vat')], 'vat.bank').reason).toBe('NOT_FOLLOWED')
    expect(told(withFlags(off, [machine, service('bank/vat')]))).toBe(fine)
    expect(told(withFlags({ PILOT_ENABLE_K8S_SELECT_WORKLOAD_ENTRIES: '1' }, [machine, service('bank/vat')], 'vat.bank'))).toBe(fine)
  })

  it('one of the TLS of a Sidecar’s own listeners, where the server has such a one (TLS-14)', () => {
    const ingress = [{ port: { number: 8080, protocol: 'HTTP', name: 'http' }, defaultEndpoint: '127.0.0.1:8080' }]
    const own = istio('Sidecar', 'bank/own', { workloadSelector: { labels: { app: 'ledger' } }, ingress, egress: [{ hosts: ['*/*'] }] })
    expect(told(withFlags({ ENABLE_TLS_ON_SIDECAR_INGRESS: 'true' }, [own]))).toBe(unknown)
    expect(told(withFlags({ ENABLE_TLS_ON_SIDECAR_INGRESS: 'true' }))).toBe(fine)
  })

  it('one of ambient mode, where a side is in it (AMB-3, AMB-30)', () => {
    const ambient = { PILOT_ENABLE_AMBIENT: 'true', PILOT_ENABLE_SENDING_HBONE: 'false', PILOT_ENABLE_AMBIENT_WAYPOINTS: 'false' }
    expect(told(withFlags(ambient, [namespace('bank', { 'istio.io/dataplane-mode': 'ambient' })]))).toBe(unknown)
    expect(told(withFlags(ambient))).toBe(fine)
  })

  it('one of the Gateway API, where a gateway is of its kind (GWAPI-1)', () => {
    const labels = { 'gateway.networking.k8s.io/gateway-name': 'edge' }
    const met = (own: Manifest) =>
      ({ path: { server: { dataPlane: 'GATEWAY', labels: own } } }) as unknown as Parameters<typeof meetsFlag>[1]
    expect([labels, {}].map((own) => meetsFlag('KUBERNETES_GATEWAY', met(own)))).toEqual([true, false])
  })

  it('not those of performance, nor words that are no flags', () => {
    expect(told(withFlags({ PILOT_PUSH_THROTTLE: '5', PILOT_TRACE_SAMPLING: '1', ANYTHING: 'true' }))).toBe(fine)
  })
})
