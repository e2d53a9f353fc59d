import { describe, expect, it } from 'vitest'
import type { Reachability } from '#engine/model/reachability'
import { ask, cluster, deployment, gatewayProxy, istio, type Manifest, service, topology } from './asking.js'

const gateway = 'egressgateway.istio-system.svc.cluster.local'
const ledger = 'ledger.bank.svc.cluster.local'
const out = istio('Gateway', 'istio-system/out', {
  selector: { istio: 'egressgateway' },
  servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
})
const via = istio('VirtualService', 'istio-system/via', {
  hosts: [ledger],
  gateways: ['mesh', 'out'],
  http: [
    { match: [{ gateways: ['mesh'] }], route: [{ destination: { host: gateway, port: { number: 80 } } }] },
    { match: [{ gateways: ['out'] }], route: [{ destination: { host: ledger } }] },
  ],
})
const onlyClients = istio('AuthorizationPolicy', 'bank/allow', {
  rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/web'] } }] }],
})

const answer = (...extra: readonly Manifest[]): Reachability => {
  const proxy = gatewayProxy('egressgateway', [{ name: 'http', port: 80, targetPort: 8080 }])
  const west = cluster('west', [deployment('shop/web'), ...proxy, deployment('bank/ledger'), service('bank/ledger'), ...extra])
  return ask(topology([west]), 'west/shop/web', 'ledger.bank')
}

/** Stage and leg of every step on the way to the first endpoint, in the order of the wire. */
const legsOf = ({ endpoints }: Reachability): readonly string[] =>
  (endpoints[0]?.steps ?? []).map(({ stage, hop }) => (hop === null ? stage : `${hop.index} ${hop.kind} ${hop.from} → ${hop.to}: ${stage}`))

const onePerStage = ({ steps }: Reachability): boolean => new Set(steps.map(({ stage }) => stage)).size === steps.length

describe('the legs of a call', () => {
  it('are one where the endpoint is dialled directly; before it no packet has left', () => {
    const direct = answer()
    expect(new Set(legsOf(direct))).toEqual(
      new Set(
        ['NETWORK', 'NETWORK_POLICY', 'TRANSPORT', 'TRUST', 'AUTHORIZATION'].map(
          (stage) => `0 DIRECT west/shop/web → west/bank/ledger: ${stage}`,
        ),
      ),
    )
    expect(direct.steps.filter(({ hop }) => hop === null).map(({ stage }) => stage)).toEqual([
      'NAME',
      'SCOPE',
      'ROUTE',
      'DISCOVERY',
      'DISTRIBUTION',
    ])
  })

  it('are two where a gateway ends the request and makes a call of its own (ROUTE-13)', () => {
    const twice = answer(out, via)
    const legs = legsOf(twice)
    expect(legs[0]).toBe('0 DIRECT west/shop/web → west/istio-system/egressgateway: NETWORK')
    expect(legs).toContain('1 DIRECT west/istio-system/egressgateway → west/bank/ledger: ROUTE')
    expect(legs).toContain('1 DIRECT west/istio-system/egressgateway → west/bank/ledger: AUTHORIZATION')
    expect(onePerStage(twice)).toBe(true)
    expect(twice.endpoints[0]?.steps.every(({ message }) => !message.startsWith('from the gateway'))).toBe(true)
  })

  it('are one where the gateway answers by itself: nothing leaves it (ROUTE-13)', () => {
    const inward = istio('VirtualService', 'istio-system/via', {
      hosts: [ledger],
      http: [{ route: [{ destination: { host: gateway, port: { number: 80 } } }] }],
    })
    const ended = answer(out, inward)
    expect(ended).toMatchObject({ verdict: 'UNREACHABLE', reason: 'NO_ROUTE' })
    const leg = '0 DIRECT west/shop/web → west/istio-system/egressgateway'
    expect(new Set(legsOf(ended).map((told) => told.split(': ')[0]))).toEqual(new Set([leg]))
    expect(legsOf(ended)).toContain(`${leg}: ROUTE`)
    expect(ended.steps.find(({ stage }) => stage === 'ROUTE')).toMatchObject({ outcome: 'STOPPED', hop: { index: 0 } })
    expect(onePerStage(ended)).toBe(true)
  })

  it('that stopped the call gives the step of its stage: the server sees the gateway (AUTHZ-17)', () => {
    const refused = answer(out, via, onlyClients)
    const step = refused.steps.find(({ stage }) => stage === 'AUTHORIZATION')
    expect(refused.reason).toBe('DENIED')
    expect(step).toMatchObject({
      reason: 'DENIED',
      outcome: 'STOPPED',
      hop: { index: 1, from: 'west/istio-system/egressgateway', to: 'west/bank/ledger' },
    })
    expect(onePerStage(refused)).toBe(true)
  })
})
