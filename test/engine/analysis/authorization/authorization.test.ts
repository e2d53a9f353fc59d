import { describe, expect, it } from 'vitest'
import { allow, ask, deny, mesh, policy, workload } from '../policy-mesh.js'
import { authorization, straightCalls } from '../straight-call.js'

const [client, visitor, naked] = ['west/shop/client', 'west/guests/visitor', 'west/bare/naked']

describe('which policies apply', () => {
  it.each([
    ['none: allowed (AUTHZ-6)', '', 'NO_POLICY'],
    ['one of the own namespace (AUTHZ-2)', policy('{}'), 'DENIED'],
    ['one of another namespace does not (AUTHZ-2)', policy('{}', { namespace: 'guests' }), 'NO_POLICY'],
    ['one of the root namespace reaches the whole mesh (AUTHZ-2, AUTHZ-3)', policy('{}', { namespace: 'istio-system' }), 'DENIED'],
    [
      'one of the root namespace with a selector reaches pods of every namespace (AUTHZ-3)',
      policy('{ selector: { matchLabels: { app: cart } } }', { namespace: 'istio-system' }),
      'DENIED',
    ],
    ['a selector that does not match (AUTHZ-3)', policy('{ selector: { matchLabels: { app: other } } }'), 'NO_POLICY'],
    [
      'targetRefs mean nothing for an ordinary pod (AUTHZ-4)',
      policy('{ targetRefs: [{ group: "", kind: Service, name: cart }], action: DENY, rules: [{}] }'),
      'NO_POLICY',
    ],
    ['an unknown action is ignored (AUTHZ-5)', policy('{ action: BLOCK, rules: [{}] }'), 'NO_POLICY'],
    ['AUDIT decides nothing (AUTHZ-6)', policy('{ action: AUDIT, rules: [{}] }'), 'NO_POLICY'],
    [
      'a root-namespace ALLOW is not overridden but joined (AUTHZ-2)',
      policy('{}', { namespace: 'istio-system' }) + allow('[{}]'),
      'ALLOWED',
    ],
  ])('%s', (_title, policies, expected) => {
    expect(ask(policies)).toBe(expected)
  })

  it('nothing enforces policies at a server without proxy (AUTHZ-1)', () => {
    const objects = `${workload('old', 'bare')}
      - { apiVersion: v1, kind: Service, metadata: { name: old, namespace: bare }, spec: { selector: { app: old }, ports: [{ name: http, port: 80 }] } }
${policy('{}', { namespace: 'bare' })}`
    expect(ask(objects, { to: 'old.bare:80' })).toBe('NOT_ENFORCED')
  })
})

describe('what the policies say together', () => {
  it.each([
    ['ALLOW without rules denies everything (AUTHZ-7)', policy('{}'), 'DENIED'],
    ['ALLOW with an empty rule allows everything (AUTHZ-7)', allow('[{}]'), 'ALLOWED'],
    ['DENY with an empty rule denies everything (AUTHZ-7)', deny('[{}]'), 'DENIED'],
    ['DENY without rules does nothing (AUTHZ-7)', policy('{ action: DENY }'), 'ALLOWED'],
    ['DENY beats ALLOW (AUTHZ-6)', allow('[{}]') + deny('[{ from: [{ source: { namespaces: [shop] } }] }]'), 'DENIED'],
    [
      'one matching rule of one ALLOW policy is enough (AUTHZ-6)',
      policy('{}') + allow('[{ from: [{ source: { namespaces: [x] } }] }, { from: [{ source: { namespaces: [shop] } }] }]'),
      'ALLOWED',
    ],
    ['no matching rule of any ALLOW policy denies (AUTHZ-6)', allow('[{ from: [{ source: { namespaces: [x] } }] }]'), 'DENIED'],
    [
      'a rule with an unknown key is skipped, but its policy still counts (AUTHZ-7, AUTHZ-22)',
      allow('[{ when: [{ key: no.such.key, values: [a] }] }]'),
      'DENIED',
    ],
    [
      'fields of one source must all hold (AUTHZ-8)',
      allow('[{ from: [{ source: { namespaces: [shop], serviceAccounts: [other] } }] }]'),
      'DENIED',
    ],
    [
      'sources are alternatives (AUTHZ-8)',
      allow('[{ from: [{ source: { serviceAccounts: [other] } }, { source: { namespaces: [shop] } }] }]'),
      'ALLOWED',
    ],
    [
      'all of from, to and when must hold (AUTHZ-8)',
      allow('[{ from: [{ source: { namespaces: [shop] } }], to: [{ operation: { ports: ["9090"] } }] }]'),
      'DENIED',
    ],
    [
      'every when must hold (AUTHZ-8)',
      allow('[{ when: [{ key: source.namespace, values: [shop] }, { key: destination.port, values: ["1"] }] }]'),
      'DENIED',
    ],
    [
      'a value and a negated value together (AUTHZ-8)',
      allow('[{ from: [{ source: { namespaces: ["*"], notNamespaces: [shop] } }] }]'),
      'DENIED',
    ],
  ])('%s', (_title, policies, expected) => {
    expect(ask(policies)).toBe(expected)
  })
})

describe('who calls', () => {
  const from = (source: string) => allow(`[{ from: [{ source: ${source} }] }]`)
  it.each([
    ['the principal (AUTHZ-10)', '{ principals: ["cluster.local/ns/shop/sa/client"] }', client, 'ALLOWED'],
    ['another principal (AUTHZ-10)', '{ principals: ["cluster.local/ns/shop/sa/client"] }', visitor, 'DENIED'],
    ['a suffix of the principal (AUTHZ-10)', '{ principals: ["*/sa/client"] }', client, 'ALLOWED'],
    ['any identity (AUTHZ-10)', '{ principals: ["*"] }', visitor, 'ALLOWED'],
    ['any identity, but there is none (AUTHZ-10, AUTHZ-14)', '{ principals: ["*"] }', naked, 'DENIED'],
    ['the namespace, with wildcards (AUTHZ-11)', '{ namespaces: ["g*sts"] }', visitor, 'ALLOWED'],
    ['the account of the policy’s own namespace (AUTHZ-12)', '{ serviceAccounts: [client] }', client, 'ALLOWED'],
    ['an account of another namespace needs its name (AUTHZ-12)', '{ serviceAccounts: [visitor] }', visitor, 'DENIED'],
    ['and is found with it (AUTHZ-12)', '{ serviceAccounts: [guests/visitor] }', visitor, 'ALLOWED'],
    ['the trust domain (AUTHZ-13)', '{ trustDomains: [cluster.local] }', visitor, 'ALLOWED'],
    ['another trust domain (AUTHZ-13)', '{ trustDomains: [far] }', visitor, 'DENIED'],
    ['no identity passes a negated namespace (AUTHZ-14)', '{ notNamespaces: [x] }', naked, 'ALLOWED'],
    ['no identity meets no namespace (AUTHZ-14)', '{ namespaces: [bare] }', naked, 'DENIED'],
  ])('%s', (_title, source, caller, expected) => {
    expect(ask(from(source), { from: caller })).toBe(expected)
  })

  it('DENY from everyone but some principals denies those without identity (AUTHZ-14)', () => {
    const policies = deny('[{ from: [{ source: { notPrincipals: ["cluster.local/ns/shop/sa/client"] } }] }]')
    expect(ask(policies, { from: naked })).toBe('DENIED')
    expect(ask(policies)).toBe('ALLOWED')
  })

  it('before 1.31 trust domains of a source are not known and say nothing (AUTHZ-13)', () => {
    expect(ask(from('{ trustDomains: [far] }'), {}, { version: '1.30.0' })).toBe('ALLOWED')
  })

  it.each([
    ['cluster.local stands for the local trust domain (AUTHZ-15)', 'cluster.local/ns/shop/sa/client', '{ trustDomain: acme }', 'ALLOWED'],
    [
      'an alias stands for it as well (AUTHZ-15, AUTHZ-16)',
      'old/ns/shop/sa/client',
      '{ trustDomain: acme, trustDomainAliases: [old] }',
      'ALLOWED',
    ],
    ['a foreign trust domain does not (AUTHZ-15)', 'old/ns/shop/sa/client', '{ trustDomain: acme }', 'DENIED'],
  ])('%s', (_title, principal, meshConfig, expected) => {
    expect(ask(from(`{ principals: ["${principal}"] }`), {}, { meshConfig })).toBe(expected)
    expect(ask(allow(`[{ when: [{ key: source.principal, values: ["${principal}"] }] }]`), {}, { meshConfig })).toBe(expected)
  })
})

describe('what is asked for', () => {
  const to = (operation: string) => allow(`[{ to: [{ operation: ${operation} }] }]`)
  it.each([
    ['ports are the workload’s, not the Service’s (AUTHZ-19)', '{ ports: ["8080"] }', {}, 'ALLOWED'],
    ['so the Service’s port does not match (AUTHZ-19)', '{ ports: ["80"] }', {}, 'DENIED'],
    ['a method that is asked (AUTHZ-20)', '{ methods: [GET] }', { method: 'GET' }, 'ALLOWED'],
    ['another method (AUTHZ-20)', '{ methods: [GET] }', { method: 'POST' }, 'DENIED'],
    ['a method that is left open (AUTHZ-9)', '{ methods: [GET] }', {}, 'POLICY_DEPENDS?'],
    ['a path prefix (AUTHZ-20)', '{ paths: ["/api/*"] }', { path: '/api/x' }, 'ALLOWED'],
    ['a path left open, but the method already fails (AUTHZ-9)', '{ paths: ["/api/*"], methods: [GET] }', { method: 'PUT' }, 'DENIED'],
    ['a negated path left open (AUTHZ-9)', '{ notPaths: ["/admin"] }', {}, 'POLICY_DEPENDS?'],
    ['a host that stands with or without port: either may be sent (AUTHZ-20)', '{ hosts: ["cart.shop*"] }', {}, 'ALLOWED'],
    ['a host in other letters (AUTHZ-20)', '{ hosts: ["CART.shop"] }', {}, 'ALLOWED'],
    ['another host (AUTHZ-20)', '{ hosts: ["other"] }', {}, 'DENIED'],
    ['a Host header in the question (AUTHZ-20)', '{ hosts: ["other"] }', { headers: { host: 'other' } }, 'ALLOWED'],
  ])('%s', (_title, operation, attributes, expected) => {
    expect(ask(to(operation), { attributes })).toBe(expected)
  })

  it.each([
    ['a header that is given (AUTHZ-22)', 'request.headers[X-User]', 'ann', { headers: { 'x-user': 'ann' } }, 'ALLOWED'],
    ['a header with another value (AUTHZ-22)', 'request.headers[X-User]', 'ann', { headers: { 'x-user': 'bob' } }, 'DENIED'],
    ['a header left open (AUTHZ-9)', 'request.headers[X-User]', 'ann', {}, 'POLICY_DEPENDS?'],
    ['the authority, which every request has (AUTHZ-20, AUTHZ-22)', 'request.headers[:authority]', 'cart.shop', {}, 'ALLOWED'],
    ['the authority by its other name (AUTHZ-22)', 'request.headers[Host]', 'cart.shop', {}, 'ALLOWED'],
    ['the authority in other letters, as headers are compared (AUTHZ-22)', 'request.headers[:authority]', 'CART.shop', {}, 'DENIED'],
    ['the method as a header (AUTHZ-22)', 'request.headers[:method]', 'GET', { method: 'POST' }, 'DENIED'],
    ['the path as a header (AUTHZ-20, AUTHZ-22)', 'request.headers[:path]', '/ok', { path: '/ok' }, 'ALLOWED'],
    ['the path as a header, which has its query (AUTHZ-22)', 'request.headers[:path]', '/ok', { path: '/ok?a=b' }, 'DENIED'],
    ['the path as a header, by its prefix (AUTHZ-22)', 'request.headers[:path]', '/ok?*', { path: '/ok?a=b' }, 'ALLOWED'],
    ['no templates for the path as a header (AUTHZ-22)', 'request.headers[:path]', '/{*}', { path: '/ok' }, 'DENIED'],
    ['the path as a header left open (AUTHZ-9)', 'request.headers[:path]', '/ok', {}, 'POLICY_DEPENDS?'],
    ['any path as a header (AUTHZ-20)', 'request.headers[:path]', '*', {}, 'ALLOWED'],
    ['the scheme, which may be either (AUTHZ-22)', 'request.headers[:scheme]', 'http', {}, 'POLICY_DEPENDS?'],
    ['any scheme (AUTHZ-22)', 'request.headers[:scheme]', 'http*', {}, 'ALLOWED'],
    ['a claim, and nothing reads tokens (AUTHZ-21)', 'request.auth.claims[group]', 'a', {}, 'DENIED'],
  ])('%s', (_title, key, value, attributes, expected) => {
    expect(ask(allow(`[{ when: [{ key: "${key}", values: ["${value}"] }] }]`), { attributes })).toBe(expected)
  })

  it('a header that surely is not there is told of as none, whatever it is called (AUTHZ-22)', () => {
    const policies = allow('[{ when: [{ key: "request.headers[constructor]", values: ["ann"] }] }]')
    const question = { from: client, to: 'cart.shop:80', attributes: { absentHeaders: new Set(['constructor']) } }
    const { step } = authorization(straightCalls(mesh(policies), question)[0]!)
    expect(step).toMatchObject({ reason: 'DENIED', message: expect.stringContaining('header constructor `ann` (the request has none)') })
  })

  it('a request principal depends on the token once a RequestAuthentication reads it (AUTHZ-21)', () => {
    const policies = allow('[{ from: [{ source: { requestPrincipals: ["*"] } }] }]')
    const reads =
      '      - { apiVersion: security.istio.io/v1, kind: RequestAuthentication, metadata: { name: j, namespace: shop }, spec: { jwtRules: [{ issuer: i }] } }\n'
    expect(ask(policies)).toBe('DENIED')
    expect(ask(policies + reads)).toBe('POLICY_DEPENDS?')
  })

  it('a condition says which policy looks at what (AUTHZ-9)', () => {
    const [straight] = straightCalls(mesh(deny('[{ to: [{ operation: { paths: ["/admin*"] } }] }]')), { from: client, to: 'cart.shop:80' })
    const outcome = authorization(straight!)
    expect(outcome.step.outcome).toBe('CONDITIONAL')
    expect(outcome).toMatchObject({
      conditions: [
        { code: 'POLICY_MAY_DENY', on: 'path', message: expect.stringContaining('denies the request if it has path `/admin*`') },
      ],
    })
  })

  it('where every possibility is allowed, nothing depends (AUTHZ-9)', () => {
    expect(ask(allow('[{ to: [{ operation: { methods: [GET] } }] }, {}]'))).toBe('ALLOWED')
  })
})
