import { expect, it } from 'vitest'
import { answerTo } from '../asking.js'
import { deployment, type Manifest, service, west, world } from '../calling.js'

const security = (kind: string, spec: Manifest): Manifest => ({
  apiVersion: 'security.istio.io/v1',
  kind,
  metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
})
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const tokenOf = (iss: string): string => `Bearer ${part({ alg: 'RS256' })}.${part({ iss, sub: 'me' })}.c2ln`

function ask(jwtRule: Manifest, policy: Manifest, token?: string) {
  const objects = [
    service('shop/web'),
    deployment('shop/web'),
    security('RequestAuthentication', { jwtRules: [jwtRule] }),
    security('AuthorizationPolicy', policy),
  ]
  const headers = token === undefined ? [] : [{ name: 'authorization', value: token }]
  return answerTo(world({ clusters: { west: west(...objects) } }), {
    from: { cluster: 'west', namespace: 'shop', workload: 'client' },
    to: { host: 'web', port: 80, headers },
  })
}

const own = { issuer: 'https://issuer.example' }
const from = (...requestPrincipals: string[]) => ({ rules: [{ from: [{ source: { requestPrincipals } }] }] })

it.each([
  [from('https://issuer.example/*'), 'AMBIGUOUS'],
  [from('https://other.example/*', '*/me'), 'AMBIGUOUS'],
  [from('https://other.example/*'), 'UNREACHABLE'],
  [from('https://issuer.example//me'), 'UNREACHABLE'],
  [{ rules: [{ when: [{ key: 'request.auth.claims[iss]', values: ['https://other.example'] }] }] }, 'UNREACHABLE'],
  [{ action: 'DENY', rules: [{ from: [{ source: { notRequestPrincipals: ['https://other.example/*'] } }] }] }, 'UNREACHABLE'],
])('a token that nobody states is of an issuer whose tokens are taken: %j, %s (AUTHZ-21)', (policy, verdict) => {
  expect(ask(own, policy).verdict).toBe(verdict)
})

it('and the answer says of which issuers they are', () => {
  expect(ask(own, from('https://other.example/*')).summary).toContain('tokens are taken of `https://issuer.example` alone')
})

it('a rule without an issuer takes tokens of any (AUTHZ-21)', () => {
  const any = { jwksUri: 'https://issuer.example/keys' }
  expect(ask(any, from('https://other.example/*')).verdict).toBe('AMBIGUOUS')
  expect(ask(any, from('https://other.example/*'), tokenOf('https://other.example')).verdict).toBe('REACHABLE')
  expect(ask(own, from('*'), tokenOf('https://other.example')).reason).toBe('TOKEN_REFUSED')
})
