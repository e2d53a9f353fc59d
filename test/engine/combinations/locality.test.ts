import { describe, expect, it } from 'vitest'
import { issueAuthority } from '../certificates.js'
import { ask, cluster, deployment, istio, type Manifest, service, told, topology } from './asking.js'

const rootCertificates = [(await issueAuthority('Common')).pem]
const ledger = [deployment('bank/ledger'), service('bank/ledger')]
const rule = (trafficPolicy: Manifest) => istio('DestinationRule', 'bank/ledger', { host: 'ledger', trafficPolicy })
const ejecting = rule({ outlierDetection: {} })
const distributing = (to: Manifest) => rule({ loadBalancer: { localityLbSetting: { distribute: [{ from: 'r1/*', to }] } } })
const denied = istio('AuthorizationPolicy', 'bank/deny', {})

/** Two primaries on one network in regions r1 and r2, each with an instance of `ledger`; `web` calls from west. */
const mesh = (west: readonly Manifest[], east: readonly Manifest[] = [], meshConfig: Manifest = {}) => {
  const header = (region: string, reads: string) => ({ network: 'n', region, rootCertificates, remoteSecrets: [reads] })
  const clusters = [
    cluster('west', [deployment('shop/web'), ...west], header('r1', 'east')),
    cluster('east', [...ledger, ...east], header('r2', 'west')),
  ]
  return topology(clusters, { controlPlanes: [{ name: 'west', cluster: 'west', version: '1.30.2', meshConfig }] })
}
const call = (...args: Parameters<typeof mesh>) => ask(mesh(...args), 'west/shop/web', 'ledger.bank')

describe('which endpoints decide', () => {
  it('without outlier detection all do, however far (LB-2, FLOW-4)', () => {
    expect(told(call(ledger, [denied]))).toBe('AMBIGUOUS DENIED at AUTHORIZATION')
  })

  it('with it the closest do, and what would fail after failover is a condition (LB-2, LB-5)', () => {
    const answer = call([...ledger, ejecting], [denied])
    expect(told(answer)).toBe('REACHABLE DELIVERED')
    expect(answer.conditions.map(({ code, on }) => `${code} ${on}`)).toEqual(['FAILOVER_DECIDES failover'])
  })

  it('a distribution leaves out localities that it does not list, without a word of failover (LB-4)', () => {
    const answer = call([...ledger, distributing({ 'r1/*': 100 })], [denied])
    expect(told(answer)).toBe('REACHABLE DELIVERED')
    expect(answer.conditions).toEqual([])
    const far = answer.endpoints.find((path) => path.cluster === 'east')
    expect(far).toMatchObject({ verdict: 'UNREACHABLE', reason: 'NOT_DISTRIBUTED', priority: null, share: 0 })
  })

  it('a distribution to where there is nobody ends the call (LB-4)', () => {
    expect(told(call([...ledger, distributing({ 'r9/*': 100 })]))).toBe('UNREACHABLE NO_ENDPOINTS at DISTRIBUTION')
  })
})

describe('a service that the mesh keeps cluster-local', () => {
  const local = (...serviceSettings: readonly Manifest[]) => ({ serviceSettings })
  const bank = { settings: { clusterLocal: true }, hosts: ['*.bank.svc.cluster.local'] }

  it('has no endpoint for a client elsewhere (VIS-34)', () => {
    expect(told(call([service('bank/ledger')], [], local(bank)))).toBe('UNREACHABLE NO_ENDPOINTS at DISCOVERY')
  })

  it('unless a more specific setting takes it out (VIS-33)', () => {
    const out = { settings: { clusterLocal: false }, hosts: ['ledger.bank.svc.cluster.local'] }
    expect(told(call([service('bank/ledger')], [], local(bank, out)))).toBe('REACHABLE DELIVERED')
  })
})
