import { describe, expect, it } from 'vitest'
import { cluster, deployment, eastWest, pod, type Raw, service, slice, topology } from '../objects.js'
import { walkOriginal } from '../walk.js'

const host = 'reviews.shop.svc.cluster.local'
const asked = { from: 'west/shop/web', host, port: 80, addresses: ['10.255.0.1'] }
const web = pod('web', '10.1.0.99', { app: 'web' }, { naked: true, spec: { nodeName: 'node-1' } })
const east = cluster(
  'east',
  [
    service('reviews', { clusterIP: '10.255.1.1' }),
    slice('reviews', [{ ip: '10.2.0.1' }]),
    pod('reviews-1', '10.2.0.1', { app: 'reviews' }),
  ],
  { network: 'n2' },
)
const go = (resources: readonly Raw[], question: Partial<typeof asked> = {}) => {
  const { found, passed } = walkOriginal(
    topology([cluster('west', [web, ...resources], { network: 'n1', remoteSecrets: ['east'] }), east]),
    { ...asked, ...question },
  )
  return { found, passed, addresses: found.passed ? found.value.endpoints.map(({ address, port }) => `${address}:${port}`) : [] }
}

describe('a Service of the own cluster', () => {
  it('leads to its ready local endpoints, and to no other cluster’s (ROUTE-34, VIS-31)', () => {
    const addresses = [{ ip: '10.1.0.1' }, { ip: '10.1.0.2', conditions: { ready: false } }]
    expect(go([service('reviews', { clusterIP: '10.255.0.1' }), slice('reviews', addresses)]).addresses).toEqual(['10.1.0.1:8080'])
  })

  it('is found by its ClusterIP as well (ROUTE-34)', () => {
    const resources = [service('reviews', { clusterIP: '10.255.0.1' }), slice('reviews', [{ ip: '10.1.0.1' }])]
    expect(go(resources, { host: '10.255.0.1' }).addresses).toEqual(['10.1.0.1:8080'])
  })

  it('without ready endpoints stops the call (ROUTE-34)', () => {
    expect(go([service('reviews', { clusterIP: '10.255.0.1' })]).found).toMatchObject({ passed: false, step: { reason: 'NO_ENDPOINTS' } })
  })

  it('does not answer on a port that it does not declare (ROUTE-34)', () => {
    const resources = [service('reviews', { clusterIP: '10.255.0.1' }), slice('reviews', [{ ip: '10.1.0.1' }])]
    expect(go(resources, { port: 81 }).found).toMatchObject({ passed: false, step: { reason: 'NOT_LISTENING' } })
  })

  it('that is headless leads to its pods at the dialled port (DNS-4)', () => {
    expect(go([service('reviews', { clusterIP: 'None' }), slice('reviews', [{ ip: '10.1.0.1' }])], { port: 8080 }).addresses).toEqual([
      '10.1.0.1:8080',
    ])
  })

  it('keeps to the node with `internalTrafficPolicy: Local` (VIS-36)', () => {
    const resources = [
      service('reviews', { clusterIP: '10.255.0.1', internalTrafficPolicy: 'Local' }),
      slice('reviews', [
        { ip: '10.1.0.1', pod: 'here' },
        { ip: '10.1.0.2', pod: 'there' },
      ]),
      pod('here', '10.1.0.1', {}, { spec: { nodeName: 'node-1' } }),
      pod('there', '10.1.0.2', {}, { spec: { nodeName: 'node-2' } }),
    ]
    expect(go(resources).addresses).toEqual(['10.1.0.1:8080'])
  })

  it('with `internalTrafficPolicy: Local` is left open where nothing says on which nodes client and endpoints are (VIS-36)', () => {
    const local = service('reviews', { clusterIP: '10.255.0.1', internalTrafficPolicy: 'Local' })
    const unplaced = [local, slice('reviews', [{ ip: '10.1.0.1', pod: 'one' }]), pod('one', '10.1.0.1', {})]
    const placed = [local, slice('reviews', [{ ip: '10.1.0.1', pod: 'one' }]), pod('one', '10.1.0.1', {}, { spec: { nodeName: 'node-1' } })]
    const nowhere = pod('lost', '10.1.0.98', {}, { naked: true })
    expect(go(unplaced).found).toMatchObject({ passed: false, because: 'UNDETERMINED' })
    expect(go([...placed, nowhere], { from: 'west/shop/lost' }).found).toMatchObject({ passed: false, because: 'UNDETERMINED' })
  })

  it('is worked out where no slices are given, and said to be (EDS-11)', () => {
    const { found } = walkOriginal(topology([cluster('west', [deployment('web'), deployment('reviews'), service('reviews')])]), asked)
    expect(found.assumptions.map(({ code }) => code)).toEqual(['ENDPOINTS_SYNTHESISED'])
  })
})

describe('what the proxy’s own DNS answers with', () => {
  const captured = (resources: readonly Raw[], question: Partial<typeof asked>) =>
    walkOriginal(topology([cluster('west', [pod('web', '10.1.0.99', { app: 'web' }), ...resources], { remoteSecrets: ['east'] }), east]), {
      ...asked,
      ...question,
      resolvedBy: 'DNS_CAPTURE',
    }).found

  it('is nobody’s where istiod has made the address up for a ServiceEntry that stands in a Service’s place (DNS-9)', () => {
    const hidden = 'reviews.bank.svc.cluster.local'
    const entry = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'ServiceEntry',
      metadata: { name: 'over', namespace: 'shop' },
      spec: { hosts: [hidden], location: 'MESH_INTERNAL', resolution: 'STATIC', ports: [{ number: 80, name: 'http', protocol: 'HTTP' }] },
    }
    const own = [service('reviews', { clusterIP: '10.255.0.1' }), slice('reviews', [{ ip: '10.1.0.1' }])]
    const inBank = own.map((object) => ({ ...object, metadata: { ...(object['metadata'] as Raw), namespace: 'bank' } }))
    expect(captured([...inBank, entry], { host: hidden, addresses: ['auto'] })).toMatchObject({
      passed: false,
      step: { reason: 'NOT_LISTENING' },
    })
  })
})

describe('an ExternalName', () => {
  const alias = (externalName: string): Raw => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'reviews', namespace: 'shop' },
    spec: { type: 'ExternalName', externalName },
  })

  it('leads outside by the name it gives (DNS-2)', () => {
    expect(go([alias('api.example')], { addresses: [] }).addresses).toEqual(['api.example:80'])
  })

  it('or to the Service of the own cluster that it names (DNS-2)', () => {
    const resources = [alias('ratings.shop.svc.cluster.local'), service('ratings'), slice('ratings', [{ ip: '10.1.0.7' }])]
    expect(go(resources, { addresses: [] }).addresses).toEqual(['10.1.0.7:8080'])
  })
})

describe('a literal address', () => {
  const literal = (ip: string, resources: readonly Raw[] = []) => go(resources, { host: ip, addresses: [ip], port: 8080 }).passed[0]

  it('of a pod of the own cluster is that pod (ROUTE-32)', () => {
    const outcome = literal('10.1.0.1', [pod('reviews-1', '10.1.0.1')])
    expect(outcome?.passed === true ? outcome.value.map(({ server }) => `${server?.cluster}/${server?.name}`) : []).toEqual([
      'west/reviews-1',
    ])
  })

  it('of a pod on a network without route stays unreached (NET-37, ROUTE-32)', () => {
    expect(literal('10.2.0.1')).toMatchObject({ passed: false, step: { reason: 'GATEWAY_UNREACHABLE' } })
  })

  it('outside is taken to answer, as an assumption (FLOW-5)', () => {
    const outcome = literal('198.51.100.1')
    expect(outcome?.step.reason).toBe('OUTSIDE')
    expect(outcome?.assumptions.map(({ code }) => code)).toEqual(['EXTERNAL_HOST_NOT_CHECKED'])
  })

  it('of a gateway’s load balancer leads to the gateway (NET-37)', () => {
    const far = cluster('far', eastWest({ network: 'n3', gateway: null }), { network: 'n3' })
    const west = cluster('west', [web], { network: 'n1' })
    const { passed } = walkOriginal(topology([west, far]), { ...asked, host: '34.0.0.2', addresses: ['34.0.0.2'], port: 15443 })
    expect(passed.map((outcome) => (outcome.passed ? outcome.value.map(({ server }) => server?.name) : outcome.step.reason))).toEqual([
      ['eastwest'],
    ])
  })
})
