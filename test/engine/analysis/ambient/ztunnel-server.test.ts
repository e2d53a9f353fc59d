import { describe, expect, it } from 'vitest'
import { ambientMesh, ask, object, pod, service, stepAt, strict, verdictOf } from './ambient-mesh.js'

const policy = (namespace: string, spec: string) => object('AuthorizationPolicy', `${namespace}/p`, spec)
const allow = (source: string, more = '') => `{ ${more}rules: [{ from: [{ source: ${source} }] }] }`

describe('PeerAuthentication at ztunnel', () => {
  const naked = (objects: string) => verdictOf(ask(ambientMesh({ objects }), 'bare/client', 'lake.deep:80'))
  const peer = (name: string, spec: string) => object('PeerAuthentication', name, spec)

  it.each([
    ['STRICT closes what has no identity', strict('deep'), 'UNREACHABLE TLS_REJECTED'],
    ['nothing said takes both', '', 'REACHABLE PASSTHROUGH'],
    ['DISABLE takes both too', peer('deep/a', '{ mtls: { mode: DISABLE } }'), 'REACHABLE PASSTHROUGH'],
    ['an empty selector is the namespace’s own', peer('deep/a', '{ selector: {}, mtls: { mode: STRICT } }'), 'UNREACHABLE TLS_REJECTED'],
    [
      'but in the root namespace for nobody else',
      peer('istio-system/a', '{ selector: {}, mtls: { mode: STRICT } }'),
      'REACHABLE PASSTHROUGH',
    ],
    ['the root namespace is the mesh', strict('istio-system'), 'UNREACHABLE TLS_REJECTED'],
    [
      'labels in the root namespace select nobody',
      peer('istio-system/a', '{ selector: { matchLabels: { app: lake } }, mtls: { mode: STRICT } }'),
      'REACHABLE PASSTHROUGH',
    ],
    [
      'a port that disables under an inherited STRICT stays STRICT',
      [strict('deep'), peer('deep/w', '{ selector: { matchLabels: { app: lake } }, portLevelMtls: { 8080: { mode: DISABLE } } }')].join(
        '\n',
      ),
      'UNREACHABLE TLS_REJECTED',
    ],
    [
      'a PERMISSIVE one does not',
      [strict('deep'), peer('deep/w', '{ selector: { matchLabels: { app: lake } }, portLevelMtls: { 8080: { mode: PERMISSIVE } } }')].join(
        '\n',
      ),
      'REACHABLE PASSTHROUGH',
    ],
    [
      'nor one that disables beside a mode of its own',
      [
        strict('istio-system'),
        peer('deep/w', '{ selector: { matchLabels: { app: lake } }, mtls: { mode: STRICT }, portLevelMtls: { 8080: { mode: DISABLE } } }'),
      ].join('\n'),
      'REACHABLE PASSTHROUGH',
    ],
  ])('%s (AMB-35)', (_title, objects, expected) => expect(naked(objects)).toBe(expected))
})

describe('AuthorizationPolicy at ztunnel', () => {
  const decided = (objects: string, more: Parameters<typeof ambientMesh>[0] = {}) =>
    verdictOf(ask(ambientMesh({ objects, ...more }), 'calm/client', 'lake.deep:80'))

  it.each([
    ['a principal', allow('{ principals: [cluster.local/ns/calm/sa/client] }'), 'REACHABLE DELIVERED'],
    ['another principal', allow('{ principals: [cluster.local/ns/calm/sa/other] }'), 'UNREACHABLE DENIED'],
    ['a namespace', allow('{ namespaces: [calm] }'), 'REACHABLE DELIVERED'],
    ['a service account', allow('{ serviceAccounts: [calm/client] }'), 'REACHABLE DELIVERED'],
    ['the address of the pod', allow('{ ipBlocks: [10.1.0.1] }'), 'REACHABLE DELIVERED'],
    ['the port of the pod, not of the Service', '{ rules: [{ to: [{ operation: { ports: ["8080"] } }] }] }', 'REACHABLE DELIVERED'],
    ['the port of the Service', '{ rules: [{ to: [{ operation: { ports: ["80"] } }] }] }', 'UNREACHABLE DENIED'],
    ['a path, which ztunnel does not see', '{ rules: [{ to: [{ operation: { paths: ["/"] } }] }] }', 'UNREACHABLE DENIED'],
    ['labels that select the pod', allow('{ namespaces: [other] }', 'selector: { matchLabels: { app: lake } }, '), 'UNREACHABLE DENIED'],
    ['an empty selector, which is attached to nothing', allow('{ namespaces: [other] }', 'selector: {}, '), 'REACHABLE DELIVERED'],
    [
      'a reference, which is not for ztunnel',
      allow('{ namespaces: [other] }', 'targetRefs: [{ kind: Service, group: "", name: lake }], '),
      'REACHABLE DELIVERED',
    ],
  ])('by %s (AMB-28, AMB-36, AMB-38)', (_title, spec, expected) => expect(decided(policy('deep', spec))).toBe(expected))

  it('takes trust domains literally, where a sidecar reads its own for `cluster.local` (case 20, AMB-37)', () => {
    const spec = allow('{ principals: [cluster.local/ns/calm/sa/client] }')
    expect(decided(policy('deep', spec), { trustDomain: 'corp.example' })).toBe('UNREACHABLE DENIED')
    const toCart = ambientMesh({
      trustDomain: 'corp.example',
      labels: { cart: 'networking.istio.io/tunnel: "http"' },
      objects: policy('shop', spec),
    })
    expect(verdictOf(ask(toCart, 'calm/client', 'cart.shop:80'))).toBe('REACHABLE DELIVERED')
  })

  it('knew no service accounts before 1.25 (AMB-38)', () => {
    expect(decided(policy('deep', allow('{ serviceAccounts: [calm/other], namespaces: [calm] }')), { version: '1.24.3' })).toBe(
      'REACHABLE DELIVERED',
    )
    expect(decided(policy('deep', allow('{ serviceAccounts: [calm/other], namespaces: [calm] }')), { version: '1.25.0' })).toBe(
      'UNREACHABLE DENIED',
    )
  })

  it('closes the connection of one without identity that only an identity may open (AMB-24, AMB-29)', () => {
    const mesh = ambientMesh({ objects: policy('deep', allow('{ namespaces: [bare] }')) })
    expect(verdictOf(ask(mesh, 'bare/client', 'lake.deep:80'))).toBe('UNREACHABLE DENIED')
  })

  it('sees a sidecar by its own identity (AMB-24)', () => {
    const mesh = ambientMesh({ objects: policy('deep', allow('{ principals: [cluster.local/ns/shop/sa/client] }')) })
    expect(verdictOf(ask(mesh, 'shop/client', 'lake.deep:80'))).toBe('REACHABLE DELIVERED')
  })
})

describe('what gets past ztunnel', () => {
  const deny = [strict('deep'), policy('deep', '{ action: DENY, rules: [{}] }')]

  it('is plaintext to a pod that keeps it away, and no tunnel (AMB-56)', () => {
    const objects = [
      pod('deep/open', { ip: '10.1.0.60', annotations: 'ambient.istio.io/bypass-inbound-capture: "true"' }),
      service('deep/open', { ip: '10.0.0.60' }),
      ...deny,
    ]
    const mesh = ambientMesh({ objects: objects.join('\n') })
    expect(verdictOf(ask(mesh, 'bare/client', 'open.deep:80'))).toBe('REACHABLE PASSTHROUGH')
    expect(verdictOf(ask(mesh, 'calm/client', 'open.deep:80'))).toBe('UNREACHABLE DENIED')
  })

  const host = (node?: string) => pod('bare/agent', { ip: '192.168.0.1', hostNetwork: true, ...(node === undefined ? {} : { node }) })
  const target = [service('deep/one', { ip: '10.0.0.61' }), pod('deep/one', { ip: '10.1.0.61', node: 'n1' })]
  const asked = (node?: string) => ask(ambientMesh({ objects: [host(node), ...target, ...deny].join('\n') }), 'bare/agent', 'one.deep:80')

  it('is what a process of the node’s network sends on the server’s node (case 27, AMB-34)', () => {
    expect(verdictOf(asked('n1'))).toBe('REACHABLE PASSTHROUGH')
    expect(verdictOf(asked('n2'))).toBe('UNREACHABLE TLS_REJECTED')
  })

  it('depends where nobody says on which nodes they are (case 27, AMB-34)', () => {
    const open = asked()
    expect(open.verdict).toBe('AMBIGUOUS')
    expect(open.conditions.map(({ code }) => code)).toEqual(['NODE_DECIDES'])
    expect(stepAt(open, 'TRANSPORT').outcome).toBe('CONDITIONAL')
  })
})

describe('certificates of a tunnel', () => {
  it('are those of one trust domain: no alias helps at ztunnel (AMB-6, AMB-25, TLS-22)', () => {
    const mesh = ambientMesh({ trustDomain: 'corp.example' })
    expect(stepAt(ask(mesh, 'calm/client', 'lake.deep:80'), 'TRUST').reason).toBe('TRUSTED')
  })

  it('are taken from a ztunnel by a sidecar that takes tunnels (AMB-26)', () => {
    const mesh = ambientMesh({ labels: { cart: 'networking.istio.io/tunnel: "http"' }, objects: strict('shop') })
    expect(stepAt(ask(mesh, 'calm/client', 'cart.shop:80'), 'TRUST').reason).toBe('TRUSTED')
  })
})
