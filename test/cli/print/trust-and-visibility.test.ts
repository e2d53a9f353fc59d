import { describe, expect, it } from 'vitest'
import { tellTrust } from '#cli/print/trust'
import { tellVisibility } from '#cli/print/visibility'
import type { IdentityTrust, TrustDirection } from '#engine/model/identity-trust'
import type { Step } from '#engine/model/step'
import type { ServiceVisibility } from '#engine/model/visibility'
import { plain, ref, step } from '../../formats/text/parts.js'

describe('what two identities make of each other', () => {
  it('is told for each side: chain, trust domain and name, what passes in short unless all is asked for', () => {
    const direction = (verdict: TrustDirection['verdict'], outcome: Step['outcome']): TrustDirection => ({
      verdict,
      chain: step({ outcome, message: 'the chain' }),
      trustDomain: step({ message: 'the domain', because: [ref('x')] }),
      name: step({ message: 'the name' }),
    })
    const trust: IdentityTrust = {
      verdict: 'NOT_TRUSTED',
      reason: 'DELIVERED',
      summary: 'they do not',
      clientAcceptsServer: direction('TRUSTED', 'PASSED'),
      serverAcceptsClient: direction('NOT_TRUSTED', 'STOPPED'),
      validUntil: null,
      assumptions: [],
      remedies: [],
    }
    expect(plain(tellTrust(trust, false))).toEqual([
      'NOT_TRUSTED  they do not',
      '',
      'the client makes of the server: TRUSTED',
      '  chain, trust domain, name  PASSED',
      '',
      'the server makes of the client: NOT_TRUSTED',
      '  chain               STOPPED  DELIVERED',
      '      the chain',
      '  trust domain, name  PASSED',
    ])
    expect(plain(tellTrust(trust, true))).toEqual([
      'NOT_TRUSTED  they do not',
      '',
      'the client makes of the server: TRUSTED',
      '  chain         PASSED  DELIVERED',
      '      the chain',
      '  trust domain  PASSED  DELIVERED',
      '      the domain',
      '      Service west/shop/x',
      '  name          PASSED  DELIVERED',
      '      the name',
      '',
      'the server makes of the client: NOT_TRUSTED',
      '  chain         STOPPED  DELIVERED',
      '      the chain',
      '  trust domain  PASSED   DELIVERED',
      '      the domain',
      '      Service west/shop/x',
      '  name          PASSED   DELIVERED',
      '      the name',
    ])
  })
})

describe('what a workload sees', () => {
  const port = {
    number: 80,
    name: 'http',
    protocol: 'HTTP',
    subsets: [
      {
        name: '',
        tls: 'ISTIO_MUTUAL',
        endpoints: [
          {
            address: '34.0.0.2',
            port: 15443,
            cluster: 'east',
            network: 'n2',
            locality: null,
            weight: 2,
            priority: 1,
            viaGateway: true,
            health: 'HEALTHY',
          },
          {
            address: '10.1.0.1',
            port: 8080,
            cluster: null,
            network: null,
            locality: null,
            weight: 1,
            priority: 0,
            viaGateway: false,
            health: 'UNHEALTHY',
          },
        ],
        dropped: [{ address: '10.2.0.1', cluster: 'east', reason: 'NO_ENDPOINTS' as const, because: [] }],
      },
      {
        name: 'v1',
        tls: 'ISTIO_MUTUAL',
        endpoints: [],
        dropped: [{ address: '10.2.0.2', cluster: null, reason: 'NO_ENDPOINTS' as const, because: [] }],
      },
    ],
  }
  const visibility = (more: Partial<ServiceVisibility> = {}): ServiceVisibility => ({
    services: [
      {
        host: 'cart',
        namespace: 'shop',
        resolvesTo: ['10.0.0.1', 'fd00::1'],
        because: [ref('cart', { source: { file: 'a.yaml', line: 4 } })],
        ports: [port],
        routes: [{ route: { ...ref('trial'), kind: 'HTTPRoute' }, applies: false, message: 'it is not attached', because: [] }],
      },
    ],
    hidden: [],
    assumptions: [],
    page: { nextCursor: null, hasMore: false },
    ...more,
  })

  it('is each service with the endpoints that it is given, and those that it is not', () => {
    expect(plain(tellVisibility(visibility(), false))).toEqual([
      'VISIBLE  1 service is seen, 0 hidden',
      '',
      'seen',
      '  cart  80/HTTP(http)  10.0.0.1 fd00::1  Service a.yaml:4',
      '      HTTPRoute shop/trial',
      '      it is not attached',
      '',
      'endpoints of cart:80',
      '  ENDPOINT        WHERE                  PRIORITY  WEIGHT  HEALTH',
      '  34.0.0.2:15443  gateway in east on n2  1         2       healthy',
      '  10.1.0.1:8080   in no cluster          0         1       unhealthy',
      '  10.2.0.1        in east                                  not given, NO_ENDPOINTS',
      '',
      'endpoints of cart:80 subset v1',
      '  ENDPOINT  WHERE          PRIORITY  WEIGHT  HEALTH',
      '  10.2.0.2  in no cluster                    not given, NO_ENDPOINTS',
    ])
  })

  it('says of a page that it is one, and how the next is asked for', () => {
    const lines = plain(tellVisibility(visibility({ services: [], page: { nextCursor: 'abc', hasMore: true } }), false))
    expect(lines).toEqual(['NOT VISIBLE  0 services are seen on this page, 0 hidden', '', 'there is more', '  --after abc'])
  })
})
