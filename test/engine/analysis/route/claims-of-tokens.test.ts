import { describe, expect, it } from 'vitest'
import { answerTo } from '../asking.js'
import { deployment, edgeGateway, gateway, type Manifest, service, virtualService, west, world } from '../calling.js'

const claim = '@request.auth.claims.groups'
const from = { gateway: 'west/istio-system/edge' }
const issuer = 'https://issuer.example'

const edge: readonly Manifest[] = [
  service('shop/web'),
  deployment('shop/web'),
  edgeGateway,
  service('istio-system/edge', { selector: { istio: 'edge' } }),
  gateway('shop/edge', { selector: { istio: 'edge' }, servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }] }),
]
const reads: Manifest = {
  apiVersion: 'security.istio.io/v1',
  kind: 'RequestAuthentication',
  metadata: { namespace: 'istio-system', name: 'tokens' },
  spec: { selector: { matchLabels: { istio: 'edge' } }, jwtRules: [{ issuer }] },
}
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const bearer = (claims: object): string => `Bearer ${part({ alg: 'RS256' })}.${part({ iss: issuer, sub: 'me', ...claims })}.c2ln`

function ask(match: Manifest, objects: readonly Manifest[], authorization?: string) {
  const routes = virtualService('shop/web', {
    hosts: ['shop.example.com'],
    gateways: ['edge'],
    http: [{ match: [match], route: [{ destination: { host: 'web' } }] }],
  })
  const snapshot = world({ clusters: { west: west(...edge, routes, ...objects) } })
  const headers = authorization === undefined ? [] : [{ name: 'authorization', value: authorization }]
  return answerTo(snapshot, { from, to: { host: 'shop.example.com', port: 80, headers } })
}

describe('routes of a gateway by claims of tokens (AUTHZ-21)', () => {
  const developers = { headers: { [claim]: { exact: 'dev' } } }
  const others = { withoutHeaders: { [claim]: { exact: 'dev' } } }

  it('match nothing where no RequestAuthentication has the gateway read any token, and except nobody', () => {
    const answer = ask(developers, [])
    expect([answer.verdict, answer.reason]).toEqual(['UNREACHABLE', 'NO_ROUTE'])
    expect(answer.summary).toContain('its only route wants claim groups of a token that the proxy reads `dev`')
    expect(ask(others, []).verdict).toBe('REACHABLE')
  })

  it('depend on the token where the gateway reads it', () => {
    expect(ask(developers, [reads]).verdict).toBe('AMBIGUOUS')
    expect(ask(developers, [reads], bearer({ groups: ['ops', 'dev'] })).verdict).toBe('REACHABLE')
    expect(ask(developers, [reads], bearer({ groups: ['ops'] })).reason).toBe('NO_ROUTE')
    expect(ask(others, [reads], bearer({ groups: ['ops'] })).verdict).toBe('REACHABLE')
    expect(ask({ headers: { '@request.auth.claims[a][b]': { prefix: 'x' } } }, [reads], bearer({ a: { b: 'xy' } })).verdict).toBe(
      'REACHABLE',
    )
  })

  it('are open where RequestAuthentications could not be read', () => {
    const snapshot = world({
      clusters: {
        west: west(
          ...edge,
          virtualService('shop/web', {
            hosts: ['shop.example.com'],
            gateways: ['edge'],
            http: [{ match: [developers], route: [{ destination: { host: 'web' } }] }],
          }),
        ),
      },
      cluster: { unread: [{ kind: 'RequestAuthentication', reason: 'forbidden' }] },
    })
    expect(answerTo(snapshot, { from, to: { host: 'shop.example.com', port: 80 } }).verdict).toBe('AMBIGUOUS')
  })
})

it('a sidecar reads no token of what it sends (AUTHZ-21)', () => {
  const routes = virtualService('shop/web', {
    hosts: ['web'],
    http: [
      { match: [{ headers: { [claim]: { exact: 'dev' } } }], directResponse: { status: 403 } },
      { route: [{ destination: { host: 'web' } }] },
    ],
  })
  const snapshot = world({ clusters: { west: west(service('shop/web'), deployment('shop/web'), routes) } })
  const from = { cluster: 'west', namespace: 'shop', workload: 'client' }
  expect(answerTo(snapshot, { from, to: { host: 'web', port: 80 } }).verdict).toBe('REACHABLE')
})
