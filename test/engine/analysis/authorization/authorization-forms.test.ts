import { describe, expect, it } from 'vitest'
import { allow, ask, deny, policy } from '../policy-mesh.js'

describe('where a call comes from', () => {
  const block = (cidr: string) => allow(`[{ from: [{ source: { ipBlocks: ["${cidr}"] } }] }]`)
  const pod = (name: string, app: string, ip: string) => `
      - { apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: shop, labels: { app: ${app}, security.istio.io/tlsMode: istio } }, spec: { serviceAccountName: client, containers: [{ name: app }, { name: istio-proxy }] }, status: { phase: Running, podIP: ${ip}, podIPs: [{ ip: ${ip} }], conditions: [{ type: Ready, status: 'True' }] } }
`
  const pods = pod('caller', 'caller', '10.10.0.5') + pod('cart-1', 'cart', '10.10.0.6')
  it.each([
    ['the address of the client’s pod (AUTHZ-18)', '10.10.0.0/24', 'ALLOWED'],
    ['another block (AUTHZ-18)', '10.20.0.0/16', 'DENIED'],
  ])('%s', (_title, cidr, expected) => {
    expect(ask(pods + block(cidr), { from: 'west/shop/caller' })).toBe(expected)
  })

  it('an instance that does not exist yet has no address, so it depends (AUTHZ-9, AUTHZ-18)', () => {
    expect(ask(block('10.10.0.0/16'))).toBe('POLICY_DEPENDS?')
  })

  it.each([
    ['blocks of all addresses of both families take every caller', allow, 'ipBlocks: ["0.0.0.0/0", "::/0"]', 'ALLOWED'],
    ['also where the chain asks for the remote address', deny, 'remoteIpBlocks: ["::/0", "0.0.0.0/0"]', 'DENIED'],
    ['and what is outside of them is nobody', allow, 'notIpBlocks: ["0.0.0.0/0", "::/0"]', 'DENIED'],
    ['one family alone leaves it open', allow, 'ipBlocks: ["0.0.0.0/0"]', 'POLICY_DEPENDS?'],
  ])('%s, whatever its address is (AUTHZ-18)', (_title, write, blocks, expected) => {
    expect(ask(write(`[{ from: [{ source: { ${blocks} } }] }]`))).toBe(expected)
  })

  it('the remote address is what X-Forwarded-For says last, and any client may say it (AUTHZ-18)', () => {
    const remote = allow('[{ from: [{ source: { remoteIpBlocks: ["1.2.3.0/24"] } }] }]')
    expect(ask(remote, { attributes: { headers: { 'x-forwarded-for': '9.9.9.9, 1.2.3.4' } } })).toBe('ALLOWED')
    expect(ask(remote, { attributes: { headers: { 'x-forwarded-for': '1.2.3.4, 9.9.9.9' } } })).toBe('DENIED')
    expect(ask(remote)).toBe('POLICY_DEPENDS?')
  })
})

describe('forms of a policy', () => {
  const atCart = 'service: cart.shop.svc.cluster.local, port: 80'
  const paths = '[{ to: [{ operation: { paths: ["/x"] } }] }]'
  it.each([
    ['an ALLOW rule with HTTP fields is dropped on a TCP port (AUTHZ-24)', allow(paths), 'DENIED'],
    ['a purely HTTP DENY rule denies every connection of a TCP port (AUTHZ-24)', deny(paths), 'DENIED'],
    [
      'a mixed DENY rule keeps its other fields (AUTHZ-24)',
      deny('[{ from: [{ source: { namespaces: [guests] } }], to: [{ operation: { paths: ["/x"] } }] }]'),
      'ALLOWED',
    ],
  ])('%s', (_title, policies, expected) => {
    expect(ask(policies, { to: 'cart.shop:90' })).toBe(expected)
  })

  it.each([
    ['paths: ["*"]', 'ALLOWED'],
    ['paths: ["/*"]', 'ALLOWED'],
    ['paths: ["/{**}"]', 'ALLOWED'],
    ['methods: ["*"]', 'ALLOWED'],
    ['hosts: ["*"]', 'ALLOWED'],
    ['notPaths: ["*"]', 'DENIED'],
    ['paths: ["/a*"]', 'POLICY_DEPENDS?'],
    ['notPaths: ["/a*"]', 'POLICY_DEPENDS?'],
  ])(
    '%s of an ALLOW rule gives %s where the question states no request: what every request has is no condition (AUTHZ-20)',
    (field, expected) => {
      expect(ask(allow(`[{ to: [{ operation: { ${field} } }] }]`))).toBe(expected)
    },
  )

  it('a detected port has both forms: the answer depends where they differ (AUTHZ-25)', () => {
    expect(ask(deny(paths), { to: 'cart.shop:70' })).toBe('POLICY_DEPENDS?')
    expect(ask(policy('{}'), { to: 'cart.shop:70' })).toBe('DENIED')
    expect(ask(allow('[{}]'), { to: 'cart.shop:70' })).toBe('ALLOWED')
  })

  it('a Sidecar with ingress listeners leaves the other ports undeclared (VIS-16, AUTHZ-26)', () => {
    const sidecar = (port: number) =>
      `      - { apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: { name: s, namespace: shop }, spec: { workloadSelector: { labels: { app: cart } }, ingress: [{ port: { number: ${port}, protocol: HTTP, name: http }, defaultEndpoint: "127.0.0.1:1" }] } }\n`
    expect(ask(deny(paths) + sidecar(8080), { attributes: { method: 'GET', path: '/y' } })).toBe('ALLOWED')
    // The client's proxy has the port as TCP, and its mutual TLS says so: the server's detects nothing.
    expect(ask(deny(paths) + sidecar(8080), { to: 'cart.shop:90' })).toBe('DENIED')
    expect(ask(deny(paths) + sidecar(8080), { to: 'cart.shop:70' })).toBe('POLICY_DEPENDS?')
  })

  it('a question with a path is an HTTP request (AUTHZ-25)', () => {
    expect(ask(deny(paths), { to: 'cart.shop:70', attributes: { path: '/y' } })).toBe('ALLOWED')
  })

  it.each([
    ['a bad CIDR drops an ALLOW rule (AUTHZ-23)', allow('[{ from: [{ source: { ipBlocks: ["x"], namespaces: [shop] } }] }]'), 'DENIED'],
    ['and widens a DENY rule (AUTHZ-23)', deny('[{ from: [{ source: { ipBlocks: ["x"] } }] }]'), 'DENIED'],
    [
      'of several values only the bad one is lost in a DENY rule (AUTHZ-23)',
      deny('[{ to: [{ operation: { ports: ["x", "1"] } }] }]'),
      'ALLOWED',
    ],
  ])('%s', (_title, policies, expected) => {
    expect(ask(policies)).toBe(expected)
  })

  it('a shadow policy decides nothing, so a workload with only shadow ALLOW policies is open (AUTHZ-31)', () => {
    expect(ask(policy('{}', { annotations: '{ istio.io/dry-run: "true" }' }))).toBe('NO_POLICY')
    expect(ask(policy('{ action: DENY, rules: [{}] }', { annotations: '{ istio.io/dry-run: "1" }' }))).toBe('NO_POLICY')
    expect(ask(policy('{}', { annotations: '{ istio.io/dry-run: "maybe" }' }))).toBe('DENIED')
  })

  it.each([
    [
      'a provider’s answer is not known (AUTHZ-30)',
      '{ extensionProviders: [{ name: opa, envoyExtAuthzGrpc: { service: cart.shop.svc.cluster.local, port: 90 } }] }',
      'POLICY_DEPENDS?',
    ],
    ['a provider that MeshConfig lacks denies what the rule matches (AUTHZ-30)', '{}', 'DENIED'],
  ])('%s', (_title, meshConfig, expected) => {
    expect(ask(policy('{ action: CUSTOM, provider: { name: opa }, rules: [{}] }'), {}, { meshConfig })).toBe(expected)
  })

  it.each([
    ['of another kind', 'zipkin: { service: cart.shop.svc.cluster.local, port: 80 }', 'DENIED'],
    ['without a service that the registry has', 'envoyExtAuthzGrpc: { service: nobody.shop.svc.cluster.local, port: 80 }', 'DENIED'],
    ['with a service of another namespace', 'envoyExtAuthzHttp: { service: guests/cart.shop.svc.cluster.local, port: 80 }', 'DENIED'],
    ['with a status that no proxy answers', `envoyExtAuthzGrpc: { ${atCart}, statusOnError: "999" }`, 'DENIED'],
    ['with a status that is no number', `envoyExtAuthzHttp: { ${atCart}, statusOnError: forbidden }`, 'DENIED'],
    ['with a status', `envoyExtAuthzHttp: { ${atCart}, statusOnError: "503" }`, 'POLICY_DEPENDS?'],
    ['with a prefix that is no path', `envoyExtAuthzHttp: { ${atCart}, pathPrefix: check }`, 'DENIED'],
    ['with any header at all', `envoyExtAuthzHttp: { ${atCart}, headersToUpstreamOnAllow: ["*"] }`, 'DENIED'],
    [
      'with a prefix of headers',
      `envoyExtAuthzHttp: { ${atCart}, pathPrefix: /check, headersToUpstreamOnAllow: ["x-*"] }`,
      'POLICY_DEPENDS?',
    ],
    ['without a port', 'envoyExtAuthzHttp: { service: cart.shop.svc.cluster.local, port: 0 }', 'DENIED'],
    [
      'with a namespace before the service',
      'envoyExtAuthzHttp: { service: shop/cart.shop.svc.cluster.local, port: 80 }',
      'POLICY_DEPENDS?',
    ],
  ])('a provider %s (AUTHZ-30)', (_title, provider, expected) => {
    const meshConfig = `{ extensionProviders: [{ name: opa, ${provider} }] }`
    expect(ask(policy('{ action: CUSTOM, provider: { name: opa }, rules: [{}] }'), {}, { meshConfig })).toBe(expected)
  })

  it('a provider whose name is no DNS label is refused since 1.30 (AUTHZ-30)', () => {
    const meshConfig = `{ extensionProviders: [{ name: My_OPA, envoyExtAuthzGrpc: { ${atCart} } }] }`
    const custom = policy('{ action: CUSTOM, provider: { name: My_OPA }, rules: [{}] }')
    expect(ask(custom, {}, { meshConfig })).toBe('DENIED')
    expect(ask(custom, {}, { meshConfig, version: '1.29.2' })).toBe('POLICY_DEPENDS?')
  })

  it('a provider that speaks HTTP has no say on a TCP port, one that speaks gRPC has (AUTHZ-30)', () => {
    const custom = policy('{ action: CUSTOM, provider: { name: opa }, rules: [{}] }')
    const config = (kind: string) => `{ extensionProviders: [{ name: opa, ${kind}: { service: cart.shop.svc.cluster.local, port: 80 } }] }`
    expect(ask(custom, { to: 'cart.shop:90' }, { meshConfig: config('envoyExtAuthzHttp') })).toBe('ALLOWED')
    expect(ask(custom, { to: 'cart.shop:90' }, { meshConfig: config('envoyExtAuthzGrpc') })).toBe('POLICY_DEPENDS?')
  })

  it('a CUSTOM rule that does not match asks nobody (AUTHZ-6, AUTHZ-30)', () => {
    expect(ask(policy('{ action: CUSTOM, provider: { name: opa }, rules: [{ from: [{ source: { namespaces: [x] } }] }] }'))).toBe('ALLOWED')
  })

  it('two providers on one workload deny what they match, unless the flag allows several (AUTHZ-30, AUTHZ-32)', () => {
    const policies =
      policy('{ action: CUSTOM, provider: { name: a }, rules: [{}] }') + policy('{ action: CUSTOM, provider: { name: b }, rules: [{}] }')
    const at = '{ service: cart.shop.svc.cluster.local, port: 80 }'
    const meshConfig = `{ extensionProviders: [{ name: a, envoyExtAuthzHttp: ${at} }, { name: b, envoyExtAuthzHttp: ${at} }] }`
    expect(ask(policies, {}, { meshConfig })).toBe('DENIED')
    const flags = '{ PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS: "true" }'
    expect(ask(policies, {}, { meshConfig, flags })).toBe('POLICY_DEPENDS?')
  })

  it('a token is not read yet when the provider is asked (AUTHZ-32)', () => {
    const reads =
      '      - { apiVersion: security.istio.io/v1, kind: RequestAuthentication, metadata: { name: j, namespace: shop }, spec: { jwtRules: [{ issuer: i }] } }\n'
    expect(
      ask(policy('{ action: CUSTOM, provider: { name: opa }, rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }] }') + reads),
    ).toBe('ALLOWED')
  })
})
