import { describe, expect, it } from 'vitest'
import { allow, ask, deny, policy } from '../policy-mesh.js'

const client = 'west/shop/client'
const visitor = 'west/guests/visitor'
const naked = 'west/bare/naked'

type Row = readonly [story: string, sources: string, from: string, matches: boolean]

/** An ALLOW policy lets in whom its only rule matches, a DENY policy everybody else. */
const decides = (rules: string, matches: boolean, question: Parameters<typeof ask>[1]) => {
  expect(ask(allow(rules), question)).toBe(matches ? 'ALLOWED' : 'DENIED')
  expect(ask(deny(rules), question)).toBe(matches ? 'DENIED' : 'ALLOWED')
}

describe('a rule about who calls', () => {
  const identities: readonly Row[] = [
    ['a principal is written without its scheme (AUTHZ-10)', '{ principals: [cluster.local/ns/shop/sa/client] }', client, true],
    ['with the scheme it is nobody’s (AUTHZ-10)', '{ principals: ["spiffe://cluster.local/ns/shop/sa/client"] }', client, false],
    ['another principal does not match (AUTHZ-10)', '{ principals: [cluster.local/ns/shop/sa/client] }', visitor, false],
    ['a prefix ends where the star stands (AUTHZ-10)', '{ principals: ["cluster.local/ns/shop/*"] }', client, true],
    ['and takes nobody of another namespace (AUTHZ-10)', '{ principals: ["cluster.local/ns/shop/*"] }', visitor, false],
    ['a suffix may leave the trust domain open (AUTHZ-10)', '{ principals: ["*/ns/shop/sa/client"] }', client, true],
    ['a suffix may begin inside the trust domain (AUTHZ-10)', '{ principals: ["*local/ns/shop/sa/client"] }', client, true],
    ['a star within the value is no wildcard (AUTHZ-10)', '{ principals: ["cluster.local/ns/*/sa/client"] }', client, false],
    ['`*` is whoever proves an identity (AUTHZ-10)', '{ principals: ["*"] }', client, true],
    ['`*` is not a caller without identity (AUTHZ-14)', '{ principals: ["*"] }', naked, false],
    ['who is excluded by name is not matched (AUTHZ-14)', '{ notPrincipals: [cluster.local/ns/shop/sa/client] }', client, false],
    ['everybody else is (AUTHZ-14)', '{ notPrincipals: [cluster.local/ns/shop/sa/client] }', visitor, true],
    ['and so is a caller without identity (AUTHZ-14)', '{ notPrincipals: [cluster.local/ns/shop/sa/client] }', naked, true],
    ['excluding every identity leaves only who has none (AUTHZ-14)', '{ notPrincipals: ["*"] }', naked, true],
    ['and nobody who has one (AUTHZ-14)', '{ notPrincipals: ["*"] }', client, false],
  ]
  const namespaces: readonly Row[] = [
    ['a namespace is that of the identity (AUTHZ-11)', '{ namespaces: [shop] }', client, true],
    ['a namespace does not match another one (AUTHZ-11)', '{ namespaces: [shop] }', visitor, false],
    ['a namespace does not match a part of its name (AUTHZ-11)', '{ namespaces: [sho] }', client, false],
    ['a namespace may begin with a star (AUTHZ-11)', '{ namespaces: ["*op"] }', client, true],
    ['a namespace may end with a star (AUTHZ-11)', '{ namespaces: ["sh*"] }', client, true],
    ['a namespace may hold a star in the middle (AUTHZ-11)', '{ namespaces: ["s*p"] }', client, true],
    ['a caller without identity stands in no namespace (AUTHZ-14)', '{ namespaces: ["*"] }', naked, false],
    ['and so in none that is excluded (AUTHZ-14)', '{ notNamespaces: [bare] }', naked, true],
    ['an excluded namespace is not matched (AUTHZ-14)', '{ notNamespaces: [guests] }', visitor, false],
    ['what is named and excluded is excluded (AUTHZ-8)', '{ namespaces: ["*"], notNamespaces: [shop] }', client, false],
    ['what is named and not excluded is matched (AUTHZ-8)', '{ namespaces: ["*"], notNamespaces: [shop] }', visitor, true],
  ]
  const accounts: readonly Row[] = [
    ['a bare service account is one of the policy’s namespace (AUTHZ-12)', '{ serviceAccounts: [client] }', client, true],
    ['and not one of the caller’s namespace (AUTHZ-12)', '{ serviceAccounts: [visitor] }', visitor, false],
    ['a service account may name its namespace (AUTHZ-12)', '{ serviceAccounts: [guests/visitor] }', visitor, true],
    ['a service account is matched as a whole (AUTHZ-12)', '{ serviceAccounts: [shop/clien] }', client, false],
    ['an excluded service account is not matched (AUTHZ-12)', '{ notServiceAccounts: [client] }', client, false],
    ['one without identity is no excluded service account (AUTHZ-14)', '{ notServiceAccounts: [client] }', naked, true],
    ['a trust domain is the first part of the identity (AUTHZ-13)', '{ trustDomains: [cluster.local] }', client, true],
    ['another trust domain does not match (AUTHZ-13)', '{ trustDomains: [elsewhere.example] }', client, false],
    ['a trust domain may be a prefix (AUTHZ-13)', '{ trustDomains: ["cluster*"] }', client, true],
    ['a trust domain may be a suffix (AUTHZ-13)', '{ trustDomains: ["*.local"] }', client, true],
    ['a caller without identity is of no trust domain (AUTHZ-14)', '{ trustDomains: ["*"] }', naked, false],
    ['and of none that is excluded (AUTHZ-14)', '{ notTrustDomains: [cluster.local] }', naked, true],
  ]
  const composed: readonly Row[] = [
    [
      'fields of one source must all hold (AUTHZ-8)',
      '{ principals: [cluster.local/ns/shop/sa/client], namespaces: [guests] }',
      client,
      false,
    ],
    ['values of one field are alternatives (AUTHZ-8)', '{ namespaces: [guests, shop] }', client, true],
    ['of several excluded values one is enough (AUTHZ-8)', '{ notNamespaces: [guests, shop] }', client, false],
  ]

  it.each([...identities, ...namespaces, ...accounts, ...composed])('%s: `%s` for %s is %s', (_story, source, from, matches) => {
    decides(`[{ from: [{ source: ${source} }] }]`, matches, { from })
  })

  it('sources are alternatives, conditions are not (AUTHZ-8)', () => {
    const [ours, theirs] = ['{ source: { namespaces: [shop] } }', '{ source: { namespaces: [guests] } }']
    decides(`[{ from: [${theirs}, ${ours}] }]`, true, { from: client })
    decides(`[{ from: [${ours}], when: [{ key: source.namespace, values: [guests] }] }]`, false, { from: client })
  })

  it('rules of one policy, and policies of one action, are alternatives (AUTHZ-2, AUTHZ-6)', () => {
    const rule = (namespace: string) => `{ from: [{ source: { namespaces: [${namespace}] } }] }`
    decides(`[${rule('guests')}, ${rule('shop')}]`, true, { from: client })
    expect(ask(allow(`[${rule('guests')}]`) + allow(`[${rule('shop')}]`))).toBe('ALLOWED')
    expect(ask(deny(`[${rule('guests')}]`) + deny(`[${rule('shop')}]`))).toBe('DENIED')
  })
})

describe('a condition', () => {
  it.each([
    ['source.namespace', 'values: [shop]', true],
    ['source.namespace', 'notValues: [shop]', false],
    ['source.namespace', 'values: ["*"], notValues: [guests]', true],
    ['source.principal', 'values: ["*/sa/client"]', true],
    ['source.principal', 'notValues: ["*"]', false],
    ['source.serviceAccount', 'values: [shop/client]', true],
    ['source.serviceAccount', 'values: [guests/client]', false],
    ['source.trustDomain', 'values: [cluster.local]', true],
    ['source.trustDomain', 'notValues: [cluster.local]', false],
    ['destination.port', 'values: ["8080"]', true],
    ['destination.port', 'values: ["80"]', false],
    ['destination.port', 'notValues: ["80"]', true],
    ['"request.headers[x-team]"', 'values: [red]', true],
    ['"request.headers[x-team]"', 'values: ["r*"]', true],
    ['"request.headers[x-team]"', 'values: [blue]', false],
    ['"request.headers[x-team]"', 'notValues: [red]', false],
  ])('on `%s` with %s holds for the client: %s (AUTHZ-19, AUTHZ-22)', (key, values, matches) => {
    decides(`[{ when: [{ key: ${key}, ${values} }] }]`, matches, { attributes: { headers: { 'x-team': 'red' } } })
  })

  it('all conditions of a rule must hold (AUTHZ-8)', () => {
    const [port, namespace] = ['{ key: destination.port, values: ["8080"] }', '{ key: source.namespace, values: [guests] }']
    decides(`[{ when: [${port}, ${namespace}] }]`, false, { from: client })
    decides(`[{ when: [${port}, ${namespace}] }]`, true, { from: visitor })
  })

  it('on a key that nobody knows loses its rule, not the policy (AUTHZ-7)', () => {
    const unknown = '[{ when: [{ key: source.planet, values: [earth] }] }]'
    expect(ask(allow(unknown))).toBe('DENIED')
    expect(ask(deny(unknown))).toBe('ALLOWED')
    expect(ask(allow(`[{ when: [{ key: source.planet, values: [earth] }] }, {}]`))).toBe('ALLOWED')
  })
})

describe('policies together', () => {
  const ours = '[{ from: [{ source: { namespaces: [shop] } }] }]'
  const theirs = '[{ from: [{ source: { namespaces: [guests] } }] }]'
  const root = { namespace: 'istio-system' }

  it.each([
    ['what one denies no other lets in (AUTHZ-6)', allow(ours) + deny(ours), 'DENIED'],
    ['a DENY that does not match leaves the word to ALLOW (AUTHZ-6)', allow(ours) + deny(theirs), 'ALLOWED'],
    ['only DENY policies, none of which matches, let everybody in (AUTHZ-6)', deny(theirs), 'ALLOWED'],
    ['AUDIT decides nothing (AUTHZ-6)', policy(`{ action: AUDIT, rules: ${ours} }`), 'NO_POLICY'],
    ['AUDIT is no ALLOW either (AUTHZ-6)', policy(`{ action: AUDIT, rules: ${ours} }`) + allow(theirs), 'DENIED'],
    ['an action that nobody knows is none (AUTHZ-5)', policy(`{ action: PERHAPS, rules: ${theirs} }`), 'NO_POLICY'],
    ['no action is ALLOW (AUTHZ-7)', policy(`{ rules: ${theirs} }`), 'DENIED'],
    ['nothing said at all lets nobody in (AUTHZ-7)', policy('{}'), 'DENIED'],
    ['and so does a list without rules (AUTHZ-7)', allow('[]'), 'DENIED'],
    ['a rule without fields lets everybody in (AUTHZ-7)', allow('[{}]'), 'ALLOWED'],
    ['or nobody (AUTHZ-7)', deny('[{}]'), 'DENIED'],
    ['a DENY without rules denies nobody (AUTHZ-7)', deny('[]'), 'ALLOWED'],
    ['beside a policy that lets nobody in another still may (AUTHZ-6)', policy('{}') + allow(ours), 'ALLOWED'],
    [
      'the root namespace’s policies are not overridden (AUTHZ-2)',
      policy(`{ action: DENY, rules: ${ours} }`, root) + allow(ours),
      'DENIED',
    ],
    ['but added to (AUTHZ-2)', policy(`{ rules: ${theirs} }`, root) + allow(ours), 'ALLOWED'],
    ['one of the root namespace is for the whole mesh (AUTHZ-3)', policy(`{ rules: ${theirs} }`, root), 'DENIED'],
    [
      'with a selector it is for such pods of every namespace (AUTHZ-3)',
      policy(`{ selector: { matchLabels: { app: cart } }, rules: ${theirs} }`, root),
      'DENIED',
    ],
    ['and for no others (AUTHZ-3)', policy(`{ selector: { matchLabels: { app: client } }, rules: ${theirs} }`, root), 'NO_POLICY'],
    ['an empty selector is all of the namespace (AUTHZ-3)', policy(`{ selector: {}, rules: ${theirs} }`), 'DENIED'],
    ['all labels of a selector count (AUTHZ-3)', policy('{ selector: { matchLabels: { app: cart, tier: gold } } }'), 'NO_POLICY'],
    ['the caller’s namespace has no say at the server (AUTHZ-2)', policy('{}', { namespace: 'guests' }), 'NO_POLICY'],
    ['a dry run denies nobody (AUTHZ-31)', policy('{}', { annotations: '{ istio.io/dry-run: "true" }' }), 'NO_POLICY'],
    ['a dry run is any true that Go reads (AUTHZ-31)', policy('{}', { annotations: '{ istio.io/dry-run: "T" }' }), 'NO_POLICY'],
    ['what is no truth value is enforced (AUTHZ-31)', policy('{}', { annotations: '{ istio.io/dry-run: "yes" }' }), 'DENIED'],
    ['a dry run in words of false is enforced (AUTHZ-31)', policy('{}', { annotations: '{ istio.io/dry-run: "false" }' }), 'DENIED'],
    [
      'a dry ALLOW opens nothing that another closes (AUTHZ-31)',
      policy(`{ rules: ${ours} }`, { annotations: '{ istio.io/dry-run: "true" }' }) + allow(theirs),
      'DENIED',
    ],
  ])('%s', (_story, policies, expected) => {
    expect(ask(policies)).toBe(expected)
  })
})

describe('a rule about what is asked for', () => {
  const attributes = { method: 'GET', path: '/orders/7?all=1', headers: {} }
  it.each([
    ['ports: ["8080"]', true, 'AUTHZ-19'],
    ['ports: ["80"]', false, 'AUTHZ-19'],
    ['notPorts: ["8080"]', false, 'AUTHZ-19'],
    ['notPorts: ["80"]', true, 'AUTHZ-19'],
    ['methods: [GET]', true, 'AUTHZ-20'],
    ['methods: [get]', false, 'AUTHZ-20'],
    ['methods: ["G*"]', true, 'AUTHZ-20'],
    ['methods: ["*T"]', true, 'AUTHZ-20'],
    ['notMethods: [POST, PUT]', true, 'AUTHZ-20'],
    ['notMethods: [POST, GET]', false, 'AUTHZ-20'],
    ['paths: [/orders]', false, 'AUTHZ-20'],
    ['paths: [/orders/7]', true, 'AUTHZ-20'],
    ['paths: ["/orders/*"]', true, 'AUTHZ-20'],
    ['paths: ["*/7"]', true, 'AUTHZ-20'],
    ['paths: ["/{*}/7"]', true, 'AUTHZ-20'],
    ['paths: ["/{*}"]', false, 'AUTHZ-20'],
    ['paths: ["/orders/{**}"]', true, 'AUTHZ-20'],
    ['notPaths: ["/orders/*"]', false, 'AUTHZ-20'],
    ['paths: ["/orders/*"], notPaths: [/orders/7]', false, 'AUTHZ-8'],
    ['methods: [GET], paths: ["/carts/*"]', false, 'AUTHZ-8'],
    ['methods: [GET], paths: ["/carts/*", "/orders/*"]', true, 'AUTHZ-8'],
    ['methods: [GET], ports: ["80"]', false, 'AUTHZ-8'],
  ])('`%s` for GET /orders/7 at port 8080 is %s (%s)', (operation, matches) => {
    decides(`[{ to: [{ operation: { ${operation} } }] }]`, matches, { attributes })
  })

  it.each([
    ['cart.shop', true],
    ['CART.Shop', true],
    ['cart.*', true],
    ['*.SHOP', true],
    ['cart', false],
    ['*', true],
  ])('host `%s` is compared without regard to case: %s (AUTHZ-20)', (host, matches) => {
    decides(`[{ to: [{ operation: { hosts: ["${host}"] } }] }]`, matches, { attributes })
  })

  it('operations are alternatives, and hold beside the source (AUTHZ-8)', () => {
    const [read, write] = ['{ operation: { methods: [GET] } }', '{ operation: { methods: [POST] } }']
    decides(`[{ to: [${write}, ${read}] }]`, true, { attributes })
    decides(`[{ from: [{ source: { namespaces: [guests] } }], to: [${read}] }]`, false, { attributes })
    decides(`[{ from: [{ source: { namespaces: [shop] } }], to: [${write}] }]`, false, { attributes })
  })

  it('what the question leaves open is decided where it cannot matter (AUTHZ-9)', () => {
    expect(ask(allow('[{ from: [{ source: { namespaces: [guests] } }], to: [{ operation: { methods: [GET] } }] }]'))).toBe('DENIED')
    expect(ask(allow('[{ to: [{ operation: { methods: [GET] } }] }, {}]'))).toBe('ALLOWED')
    expect(ask(deny('[{ to: [{ operation: { methods: [GET] } }] }, {}]'))).toBe('DENIED')
    expect(ask(deny('[{ to: [{ operation: { methods: [GET], ports: ["80"] } }] }]'))).toBe('ALLOWED')
    expect(ask(allow('[{ to: [{ operation: { methods: [GET] } }] }]'))).toBe('POLICY_DEPENDS?')
  })
})
