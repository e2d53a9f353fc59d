import { describe, expect, it } from 'vitest'
import type { SpokenProtocol } from '#engine/model/question'
import { ask, cluster, deployment, istio, type Manifest, service, topology } from './asking.js'

const containers = [{ name: 'app', image: 'app', ports: [{ containerPort: 8080 }] }]
const shop = [
  deployment('shop/web'),
  deployment('shop/cart', {}, {}, { containers }),
  service('shop/cart', { ports: [{ name: 'http', port: 80, targetPort: 8080 }] }),
  service('shop/raw', { selector: { app: 'cart' }, ports: [{ name: 'tcp', port: 90, targetPort: 8080 }] }),
]

/** What ends a call of `shop/web`, and what is to blame. */
const told = (to: string, objects: readonly Manifest[], protocol?: SpokenProtocol) => {
  const answer = ask(topology([cluster('west', [...shop, ...objects])]), 'west/shop/web', to, protocol === undefined ? {} : { protocol })
  const step = answer.steps.find(({ outcome }) => outcome === 'STOPPED')
  return { message: step?.message, because: step?.because.map(({ kind, name }) => `${kind} ${name}`) }
}

describe('who declares a server’s port is named where that decides', () => {
  const ingress = (protocol: string) =>
    istio('Sidecar', 'shop/cart', {
      workloadSelector: { labels: { app: 'cart' } },
      ingress: [{ port: { number: 8080, name: 'x', protocol }, defaultEndpoint: '127.0.0.1:8080' }],
    })

  it('for bytes that are no HTTP: another Service than the one that is called (TLS-12)', () => {
    const { message, because } = told('raw:90', [], 'TCP')
    expect(message).toBe(
      'the client speaks plain TCP, and the server’s proxy understands nothing but HTTP at this port, as Service `shop/cart` declares it',
    )
    expect(because).toContain('Service cart')
  })

  it('or the Sidecar in the place of all of them (VIS-16)', () => {
    expect(told('raw:90', [ingress('HTTP2')], 'TCP').because).toContain('Sidecar cart')
  })

  it('for TLS that is not Istio’s, which no mode refuses (TLS-11)', () => {
    const rule = istio('DestinationRule', 'shop/cart', {
      host: 'cart',
      trafficPolicy: { tls: { mode: 'SIMPLE', insecureSkipVerify: true } },
    })
    const { message, because } = told('cart:80', [rule])
    expect(message).toMatch(
      /as Service `shop\/cart` declares the port HTTP, where its proxy takes plain HTTP and Istio’s mutual TLS alone$/u,
    )
    expect(because).toEqual(['DestinationRule cart', 'Service cart'])
    const disabled = istio('PeerAuthentication', 'shop/default', { mtls: { mode: 'DISABLE' } })
    expect(told('cart:80', [rule, disabled]).message).toMatch(/takes plain HTTP alone$/u)
    const strict = istio('PeerAuthentication', 'shop/default', { mtls: { mode: 'STRICT' } })
    expect(told('cart:80', [rule, strict]).message).toMatch(/as PeerAuthentication `shop\/default` sets `STRICT` there$/u)
  })

  it.each([
    ['ALLOW', 'leaves out rules that look at them'],
    ['DENY', 'heeds only the rest of the rule'],
  ])('for an %s policy that looks at requests (AUTHZ-24)', (action, does) => {
    const policy = istio('AuthorizationPolicy', 'shop/paths', { action, rules: [{ to: [{ operation: { paths: ['/x'] } }] }] })
    const { message, because } = told('cart:80', [ingress('TCP'), policy])
    expect(message).toContain(`; Sidecar \`shop/cart\` declares the port as none of HTTP, so that the proxy sees no requests and ${does}`)
    expect(because).toEqual(['AuthorizationPolicy paths', 'Sidecar cart'])
  })
})

describe('why no mutual TLS is sent to a server with a proxy', () => {
  it('is its label, where that says so (TLS-6)', () => {
    const labelled = deployment('shop/till', { 'security.istio.io/tlsMode': 'disabled' }, {}, { containers })
    const strict = istio('PeerAuthentication', 'shop/default', { mtls: { mode: 'STRICT' } })
    const { message } = told('till:80', [labelled, service('shop/till'), strict])
    expect(message).toMatch(
      /^the client sends plaintext \(the label `security\.istio\.io\/tlsMode: disabled` of endpoint `.*till` says that it takes no mutual TLS\)/u,
    )
  })
})
