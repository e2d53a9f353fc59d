import { describe, expect, it } from 'vitest'
import {
  ask,
  assumed,
  at,
  blamed,
  cluster,
  deployment,
  gatewayProxy,
  istio,
  type Manifest,
  naked,
  service,
  told,
  topology,
} from './asking.js'

const part = (value: Manifest): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = (claims: Manifest, header: Manifest = { alg: 'RS256', kid: 'k' }): string => `${part(header)}.${part(claims)}.c2lnbmVk`
const ann = { iss: 'https://idp.example', sub: 'ann' }
const reads = (rules: readonly Manifest[], spec: Manifest = {}) =>
  istio('RequestAuthentication', 'bank/tokens', { jwtRules: rules, ...spec })
const idp = { issuer: 'https://idp.example' }
const needs = (principal: string) =>
  istio('AuthorizationPolicy', 'bank/needs', { rules: [{ from: [{ source: { requestPrincipals: [principal] } }] }] })
const mesh = (...more: readonly Manifest[]) =>
  topology([
    cluster('west', [
      deployment('shop/client'),
      deployment('shop/plain', naked),
      deployment('bank/ledger'),
      service('bank/ledger'),
      ...more,
    ]),
  ])
const call = (snapshot: ReturnType<typeof mesh>, authorization?: string, path = '/') =>
  ask(snapshot, 'west/shop/client', 'ledger.bank:80', {
    method: 'GET',
    path,
    headers: [authorization === undefined ? { name: 'authorization', absent: true } : { name: 'authorization', value: authorization }],
  })
const refused = 'UNREACHABLE TOKEN_REFUSED at AUTHORIZATION'
const delivered = 'REACHABLE DELIVERED'
const denied = 'UNREACHABLE DENIED at AUTHORIZATION'
const now = at / 1000

describe('a RequestAuthentication', () => {
  it.each([
    ['refuses a text that is no token', 'Bearer not.a.jwt', refused],
    ['refuses a token of another issuer', `Bearer ${token({ ...ann, iss: 'https://other.example' })}`, refused],
    ['refuses a token without issuer', `Bearer ${token({ sub: 'ann' })}`, refused],
    ['refuses a token whose time is over', `Bearer ${token({ ...ann, exp: now - 61 })}`, refused],
    ['bears clocks that differ by a minute', `Bearer ${token({ ...ann, exp: now - 59 })}`, delivered],
    ['refuses a token whose time is still to come', `Bearer ${token({ ...ann, nbf: now + 61 })}`, refused],
    ['refuses a token without signature', `Bearer ${part({ alg: 'none' })}.${part(ann)}.`, refused],
    ['takes one of its issuer', `Bearer ${token(ann)}`, delivered],
    ['lets a request without token through', undefined, delivered],
    ['does not look at other credentials', 'Basic dTpw', delivered],
  ])('%s (AUTHZ-21)', (_title, authorization, expected) => {
    expect(told(call(mesh(reads([idp])), authorization))).toBe(expected)
  })

  it('that nobody is selected by refuses nothing (AUTHZ-21)', () => {
    const elsewhere = reads([idp], { selector: { matchLabels: { app: 'other' } } })
    expect(told(call(mesh(elsewhere), 'Bearer not.a.jwt'))).toBe(delivered)
  })

  it('asks for one of its audiences (AUTHZ-21)', () => {
    const snapshot = mesh(reads([{ ...idp, audiences: ['ledger'] }]))
    const told_ = (aud: unknown) => told(call(snapshot, `Bearer ${token({ ...ann, aud })}`))
    expect([told_('ledger'), told_(['x', 'ledger']), told_('x'), told_(undefined)]).toEqual([delivered, delivered, refused, refused])
  })

  it('with several rules takes a token of any of them (AUTHZ-21)', () => {
    const snapshot = mesh(reads([idp, { issuer: 'https://second.example' }]))
    expect(told(call(snapshot, `Bearer ${token({ ...ann, iss: 'https://second.example' })}`))).toBe(delivered)
    expect(told(call(snapshot, `Bearer ${token({ ...ann, iss: 'https://third.example' })}`))).toBe(refused)
  })

  it('looks where its rule says, and there alone (AUTHZ-21)', () => {
    const snapshot = mesh(reads([{ ...idp, fromHeaders: [{ name: 'X-Token', prefix: 'jwt ' }] }]))
    expect(told(call(snapshot, 'Bearer not.a.jwt'))).toBe(delivered)
    const headers = [{ name: 'x-token', value: 'jwt not.a.jwt' }]
    expect(told(ask(snapshot, 'west/shop/client', 'ledger.bank:80', { headers }))).toBe(refused)
    expect(told(call(mesh(reads([idp])), undefined, '/x?access_token=not.a.jwt'))).toBe(refused)
  })

  it('refuses before any policy allows the caller (AUTHZ-21)', () => {
    const allow = istio('AuthorizationPolicy', 'bank/all', { rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] })
    expect(told(call(mesh(reads([idp]), allow), 'Bearer not.a.jwt'))).toBe(refused)
  })
})

describe('policies about tokens', () => {
  it.each([
    ['iss and sub together', 'https://idp.example/ann', delivered],
    ['another subject', 'https://idp.example/bob', denied],
    ['any valid token', '*', delivered],
    ['the end of the subject', '*nn', delivered],
    ['the beginning of the issuer', 'https*', delivered],
    ['any subject of the issuer', 'https://idp.example/*', delivered],
  ])('%s (AUTHZ-21)', (_title, principal, expected) => {
    const answer = call(mesh(reads([idp]), needs(principal)), `Bearer ${token(ann)}`)
    expect(told(answer)).toBe(expected)
    if (expected === delivered) expect(assumed(answer)).toContain('TOKEN_SIGNATURE_ASSUMED')
  })

  it('depend on a token that the question leaves open, and deny a request that has none (AUTHZ-9, AUTHZ-21)', () => {
    const snapshot = mesh(reads([idp]), needs('*'))
    const open = ask(snapshot, 'west/shop/client', 'ledger.bank:80')
    expect(told(open)).toBe('AMBIGUOUS POLICY_DEPENDS at AUTHORIZATION')
    expect(open.conditions).toMatchObject([{ code: 'POLICY_MUST_ALLOW', on: 'token' }])
    expect(told(call(snapshot))).toBe(denied)
  })

  it.each([
    ['request.auth.claims[groups]', 'staff', delivered],
    ['request.auth.claims[realm][role]', 'admin', delivered],
    ['request.auth.claims[scope]', 'write', delivered],
    ['request.auth.claims[absent]', '*', denied],
    ['request.auth.audiences', 'ledger', delivered],
    ['request.auth.presenter', 'app', delivered],
    ['request.auth.principal', 'https://idp.example/ann', delivered],
  ])('know %s (AUTHZ-21, AUTHZ-22)', (key, value, expected) => {
    const claims = { ...ann, groups: ['staff', 'x'], realm: { role: 'admin' }, scope: 'read write', aud: ['ledger'], azp: 'app' }
    const policy = istio('AuthorizationPolicy', 'bank/claims', { rules: [{ when: [{ key, values: [value] }] }] })
    expect(told(call(mesh(reads([idp]), policy), `Bearer ${token(claims)}`))).toBe(expected)
  })
})

describe('headers past a RequestAuthentication (AUTHZ-21, AUTHZ-22)', () => {
  const sees = (name: string, value: string) =>
    istio('AuthorizationPolicy', 'bank/sees', { rules: [{ when: [{ key: `request.headers[${name}]`, values: [value] }] }] })
  const tells = { ...idp, outputClaimToHeaders: [{ header: 'X-Sub', claim: 'sub' }], outputPayloadToHeader: 'x-all' }
  const withHeader = (snapshot: ReturnType<typeof mesh>, headers: readonly { name: string; value?: string; absent?: boolean }[]) =>
    told(ask(snapshot, 'west/shop/client', 'ledger.bank:80', { method: 'GET', path: '/', headers: [...headers] }))
  const bearer = { name: 'authorization', value: `Bearer ${token(ann)}` }
  const noBearer = { name: 'authorization', absent: true }
  it.each([
    ['a claim is written into its header', tells, sees('x-sub', 'ann'), [bearer], delivered],
    ['in place of the client’s own', tells, sees('x-sub', 'eve'), [bearer, { name: 'x-sub', value: 'eve' }], denied],
    ['which goes without a token as well', tells, sees('x-sub', 'ann'), [noBearer, { name: 'x-sub', value: 'ann' }], denied],
    ['and so does that of the whole token', tells, sees('x-all', '*'), [noBearer, { name: 'x-all', value: 'ann' }], denied],
    ['the token is taken out', idp, sees('authorization', '*'), [bearer], denied],
    ['unless it is forwarded', { ...idp, forwardOriginalToken: true }, sees('authorization', '*'), [bearer], delivered],
    ['other credentials stay', idp, sees('authorization', '*'), [{ name: 'authorization', value: 'Basic dTpw' }], delivered],
    ['any header that is there is one, an empty one too', idp, sees('x-k', '*'), [noBearer, { name: 'x-k', value: '' }], delivered],
  ])('%s', (_title, rule, policy, headers, expected) => {
    expect(withHeader(mesh(reads([rule]), policy), headers)).toBe(expected)
  })
})

describe('a token that a gateway on the way has read', () => {
  const gateway = 'egressgateway.istio-system.svc.cluster.local'
  const ledger = 'ledger.bank.svc.cluster.local'
  const port = { number: 80, name: 'http', protocol: 'HTTP' }
  const through = (more: Manifest) => [
    ...gatewayProxy('egressgateway', [{ name: 'http', port: 80, targetPort: 8080 }]),
    istio('Gateway', 'istio-system/out', { selector: { istio: 'egressgateway' }, servers: [{ port, hosts: ['*'] }] }),
    istio('VirtualService', 'istio-system/via', {
      hosts: [ledger],
      gateways: ['mesh', 'out'],
      http: [
        { match: [{ gateways: ['mesh'] }], route: [{ destination: { host: gateway, port: { number: 80 } } }] },
        { match: [{ gateways: ['out'] }], route: [{ destination: { host: ledger } }], ...more },
      ],
    }),
  ]
  const atGateway = (rule: Manifest) =>
    istio('RequestAuthentication', 'istio-system/tokens', { selector: { matchLabels: { istio: 'egressgateway' } }, jwtRules: [rule] })
  const ends = (rule: Manifest, more: Manifest = {}) =>
    call(mesh(...through(more), atGateway(rule), reads([idp]), needs('*')), `Bearer ${token(ann)}`)

  it('comes no further, unless it is to be forwarded (AUTHZ-21)', () => {
    const lost = ends(idp)
    expect(told(lost)).toBe(denied)
    expect(told(ends({ ...idp, forwardOriginalToken: true }))).toBe(delivered)
    expect(blamed(lost)).toContain('RequestAuthentication west/istio-system/tokens')
  })

  it('also where the route changes the request (AUTHZ-21, ROUTE-7)', () => {
    const lost = ends(idp, { rewrite: { uri: '/v2' } })
    expect(told(lost)).toBe(denied)
    expect(blamed(lost)).toContain('RequestAuthentication west/istio-system/tokens')
  })

  it('is written into headers by which the gateway routes (AUTHZ-21)', () => {
    const only = (group: string) => ({ match: [{ gateways: ['out'], headers: { 'x-group': { exact: group } } }] })
    const written = { ...idp, forwardOriginalToken: true, outputClaimToHeaders: [{ header: 'x-group', claim: 'sub' }] }
    expect(told(ends(written, only('ann')))).toBe(delivered)
    expect(told(ends(written, only('bob')))).toBe('UNREACHABLE NO_ROUTE at ROUTE')
  })
})
