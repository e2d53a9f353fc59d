import { describe, expect, it } from 'vitest'
import { type Manifest, service, valueOf, virtualService } from '../calling.js'
import { choose, targets, to } from '../routing.js'

const ports = [
  { name: 'tls', port: 443 },
  { name: 'tcp', port: 9000 },
]
const name = 'secure.shop.svc.cluster.local'
const other = 'x.example.com'
const services = [service('shop/secure', { clusterIP: '10.0.1.5', ports }), service('shop/one', { ports }), service('shop/two', { ports })]

/** A block and where its route leads: the first port of the service. */
type Rule = readonly [blocks: readonly Manifest[] | undefined, host: string]

const named = (sni: string, ...destinationSubnets: readonly string[]): Manifest => ({ sniHosts: [sni], destinationSubnets })
const at = (...destinationSubnets: readonly string[]): Manifest =>
  destinationSubnets.length === 0 ? { port: 9000 } : { destinationSubnets }

function goes(kind: 'tls' | 'tcp', rules: readonly Rule[]) {
  const port = kind === 'tls' ? 443 : 9000
  const routes = rules.map(([match, host]) => ({ ...(match && { match }), route: [to(host, { port: { number: port } })] }))
  const outcome = choose([...services, virtualService('shop/vs', { hosts: ['*.local', other], [kind]: routes })], { host: 'secure', port })
  return valueOf(outcome).mode === 'MESH' ? targets(outcome).flat()[0]?.split(':')[0] : outcome.step.reason
}

describe('tls routes that ask for addresses', () => {
  it.each<[string, readonly Rule[], string]>([
    [
      'the address before the server name',
      [
        [[named(name)], 'one'],
        [[named('*.local', '10.0.1.0/24')], 'two'],
      ],
      'two',
    ],
    [
      'by the subnets of the block before where a block has none',
      [
        [[named('*.local', '10.0.1.0/24')], 'two'],
        [[named(name)], 'one'],
      ],
      'one',
    ],
    [
      'the narrower subnet',
      [
        [[named(name, '10.0.0.0/16')], 'one'],
        [[named('*.local', '10.0.1.0/24')], 'two'],
      ],
      'two',
    ],
    [
      'the name among those of one subnet',
      [
        [[named('*.local', '10.0.1.0/24')], 'one'],
        [[named(name, '10.0.1.0/24')], 'two'],
      ],
      'two',
    ],
    [
      'no way back from a subnet',
      [
        [[named(name)], 'one'],
        [[named(other, '10.0.1.0/24')], 'two'],
      ],
      'SERVER_NAME_NOT_ROUTED',
    ],
    [
      'a subnet of IPv6 only for its own addresses',
      [
        [[named(name, 'fd00::/8')], 'one'],
        [[named('*.local', '10.0.1.0/24')], 'two'],
      ],
      'two',
    ],
    [
      'what else is asked for beside the unspecified address',
      [
        [[named(name, '0.0.0.0/0', '10.9.0.0/16')], 'one'],
        [[named('*.local', '10.0.1.0/24')], 'two'],
      ],
      'two',
    ],
    ['nothing by a subnet elsewhere', [[[named(name, '10.9.0.0/16')], 'one']], 'SERVER_NAME_NOT_ROUTED'],
    [
      'the unspecified address for none',
      [
        [[named('*.local', '0.0.0.0/0')], 'two'],
        [[named(name, '0.0.0.0/0')], 'one'],
      ],
      'one',
    ],
    [
      'what follows by the subnets before it',
      [
        [[named(other, '10.0.0.0/16')], 'one'],
        [[named(name)], 'two'],
      ],
      'two',
    ],
    [
      'nothing of what follows a subnet elsewhere',
      [
        [[named(other, '10.9.0.0/16')], 'one'],
        [[named(name)], 'two'],
      ],
      'SERVER_NAME_NOT_ROUTED',
    ],
    ['the same within a route', [[[named(other, '10.9.0.0/16'), named(name)], 'two']], 'SERVER_NAME_NOT_ROUTED'],
  ])('take %s (ROUTE-9)', (_what, rules, expected) => {
    expect(goes('tls', rules)).toBe(expected)
  })
})

describe('tcp routes that ask for addresses', () => {
  it.each<[string, readonly Rule[], string]>([
    [
      'the narrower subnet',
      [
        [[at('10.0.0.0/16')], 'one'],
        [[at('10.0.1.0/24')], 'two'],
      ],
      'two',
    ],
    [
      'whichever stands first',
      [
        [[at('10.0.1.0/24')], 'two'],
        [[at('10.0.0.0/16')], 'one'],
      ],
      'two',
    ],
    [
      'none behind one for all addresses',
      [
        [[at()], 'one'],
        [[at('10.0.1.0/24')], 'two'],
      ],
      'one',
    ],
    [
      'none behind one without blocks',
      [
        [undefined, 'one'],
        [[at('10.0.1.0/24')], 'two'],
      ],
      'one',
    ],
    [
      'a subnet before what is for all addresses',
      [
        [[at('10.0.1.0/24')], 'two'],
        [[at()], 'one'],
      ],
      'two',
    ],
    [
      'one block for all addresses for the whole route',
      [
        [[at('10.9.0.0/16'), at()], 'two'],
        [[at('10.0.1.0/24')], 'one'],
      ],
      'two',
    ],
    ['the unspecified address for none', [[[at('0.0.0.0/0')], 'two']], 'two'],
    ['the service where no subnet holds it', [[[at('10.9.0.0/16')], 'two']], 'secure'],
  ])('take %s (ROUTE-9)', (_what, rules, expected) => {
    expect(goes('tcp', rules)).toBe(expected)
  })
})

it('holds addresses of IPv6 against their subnets (ROUTE-9)', () => {
  const dual = service('shop/dual', { clusterIPs: ['fd00:10::5'], clusterIP: 'fd00:10::5', ports })
  const led = (subnet: string): string | undefined => {
    const routes = [{ match: [at(subnet)], route: [to('two', { port: { number: 9000 } })] }]
    const outcome = choose([...services, dual, virtualService('shop/vs', { hosts: ['dual'], tcp: routes })], { host: 'dual', port: 9000 })
    return targets(outcome).flat()[0]?.split(':')[0]
  }
  expect([led('fd00:10::/32'), led('fd00:20::/32')]).toEqual(['two', 'dual'])
})
