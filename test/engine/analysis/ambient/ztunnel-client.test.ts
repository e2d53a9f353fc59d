import { describe, expect, it } from 'vitest'
import { ambientMesh, ask, object, pod, service, sidecar, stepAt, strict, verdictOf } from './ambient-mesh.js'

const from = 'calm/client'

describe('a captured pod', () => {
  it('calls a service by HBONE to each of its pods, whatever the mode there (AMB-8, AMB-11, AMB-24)', () => {
    const answer = ask(ambientMesh({ objects: strict('deep') }), from, 'lake.deep:80')
    expect(verdictOf(answer)).toBe('REACHABLE DELIVERED')
    expect(stepAt(answer, 'TRANSPORT').reason).toBe('MUTUAL_TLS')
    expect(answer.endpoints.map(({ address, share }) => [address, share])).toEqual([
      ['10.1.0.3', 0.5],
      ['10.1.0.4', 0.5],
    ])
  })

  it('gets no endpoint on a port that the service does not declare, where a sidecar passes on (case 19, AMB-9)', () => {
    const mesh = ambientMesh()
    expect(verdictOf(ask(mesh, from, 'lake.deep:8080'))).toBe('UNREACHABLE NO_ENDPOINTS')
    expect(stepAt(ask(mesh, 'shop/client', 'lake.deep:8080'), 'ROUTE').reason).toBe('PORT_NOT_DECLARED')
  })

  it('gets none where no pod is ready, unless unready ones are published (AMB-9, AMB-12)', () => {
    const objects = [pod('calm/dry', { ip: '10.1.0.20', ready: false }), service('calm/dry', { ip: '10.0.0.20' })]
    expect(verdictOf(ask(ambientMesh({ objects: objects.join('\n') }), from, 'dry:80'))).toBe('UNREACHABLE NO_ENDPOINTS')
    const published = [objects[0], service('calm/dry', { ip: '10.0.0.20', spec: 'publishNotReadyAddresses: true, ' })]
    expect(verdictOf(ask(ambientMesh({ objects: published.join('\n') }), from, 'dry:80'))).toBe('REACHABLE DELIVERED')
  })

  it('leaves what its ztunnel does not know as it is, also under REGISTRY_ONLY (AMB-10)', () => {
    const mesh = ambientMesh({ meshConfig: 'outboundTrafficPolicy: { mode: REGISTRY_ONLY }' })
    expect(verdictOf(ask(mesh, from, 'outside.example:443'))).toBe('REACHABLE PASSTHROUGH')
    expect(verdictOf(ask(mesh, 'shop/client', 'outside.example:443'))).toBe('UNREACHABLE BLACKHOLED')
  })

  it('knows neither exportTo, nor Sidecars, nor routes, nor rules (AMB-4)', () => {
    const objects = [
      service('deep/hidden', { ip: '10.0.0.21', annotations: 'networking.istio.io/exportTo: "."' }),
      pod('deep/hidden', { ip: '10.1.0.21' }),
      object('Sidecar', 'calm/none', '{ egress: [{ hosts: ["~/*"] }] }'),
      object(
        'VirtualService',
        'deep/hidden',
        '{ hosts: [hidden], http: [{ fault: { abort: { httpStatus: 500, percentage: { value: 100 } } }, route: [{ destination: { host: hidden } }] }] }',
      ),
      object('DestinationRule', 'deep/hidden', '{ host: hidden.deep.svc.cluster.local, trafficPolicy: { tls: { mode: SIMPLE } } }'),
    ]
    const answer = ask(ambientMesh({ objects: objects.join('\n') }), from, 'hidden.deep:80', { path: '/' })
    expect(verdictOf(answer)).toBe('REACHABLE DELIVERED')
    expect(stepAt(answer, 'TRANSPORT').reason).toBe('MUTUAL_TLS')
  })

  it('reaches itself by its own address, of which its ztunnel sees nothing, nor what it would refuse (ROUTE-33)', () => {
    const objects = [
      object('AuthorizationPolicy', 'deep/nobody', '{}'),
      service('deep/peers', { spec: 'clusterIP: None, ' }).replace('selector: { app: peers }', 'selector: { app: lake }'),
    ]
    const mesh = ambientMesh({ objects: objects.join('\n') })
    const each = (to: string) => ask(mesh, 'deep/lake-2', to).endpoints.map(({ address, verdict }) => `${address} ${verdict}`)
    expect(verdictOf(ask(mesh, 'deep/lake-2', '10.1.0.4:8080'))).toBe('REACHABLE PASSTHROUGH')
    expect(ask(mesh, 'deep/lake-2', '10.1.0.3:8080').verdict).toBe('UNREACHABLE')
    expect(each('peers:8080')).toEqual(['10.1.0.3 UNREACHABLE', '10.1.0.4 REACHABLE'])
    expect(each('lake:80')).toEqual(['10.1.0.3 UNREACHABLE', '10.1.0.4 UNREACHABLE'])
  })

  it('reaches a pod by its own address in a tunnel, and a headless Service through its pods (AMB-8, AMB-15)', () => {
    const answer = ask(ambientMesh(), from, '10.1.0.3:8080')
    expect(verdictOf(answer)).toBe('REACHABLE DELIVERED')
    expect(stepAt(answer, 'TRANSPORT').reason).toBe('MUTUAL_TLS')
    const headless = ambientMesh({
      objects: [service('calm/well', { spec: 'clusterIP: None, ' }), pod('calm/well', { ip: '10.1.0.22' })].join('\n'),
    })
    const well = ask(headless, from, 'well:8080')
    expect(verdictOf(well)).toBe('REACHABLE DELIVERED')
    expect(stepAt(well, 'TRANSPORT').reason).toBe('MUTUAL_TLS')
  })

  it('sends plaintext to what takes no tunnels: no mesh, and sidecars that do not say so (case 18, AMB-24, AMB-31)', () => {
    expect(stepAt(ask(ambientMesh(), from, 'rock.bare:80'), 'TRANSPORT').reason).toBe('PLAINTEXT_ACCEPTED')
    const old = ambientMesh({ objects: strict('shop') })
    expect(verdictOf(ask(old, from, 'cart.shop:80'))).toBe('UNREACHABLE TLS_REJECTED')
    const labelled = ambientMesh({ labels: { cart: 'networking.istio.io/tunnel: "http"' }, objects: strict('shop') })
    expect(verdictOf(ask(labelled, from, 'cart.shop:80'))).toBe('REACHABLE DELIVERED')
  })

  it('cannot address the ports of another ztunnel (AMB-19)', () => {
    for (const port of [15001, 15006, 15008])
      expect(verdictOf(ask(ambientMesh(), from, `10.1.0.3:${port}`))).toBe('UNREACHABLE NOT_LISTENING')
  })

  it('stays on its node where the Service says so, and fails where nobody is there (AMB-13)', () => {
    const objects = (spec: string) =>
      [service('calm/near', { ip: '10.0.0.23', spec }), pod('calm/near', { ip: '10.1.0.23', node: 'n2' })].join('\n')
    const near = ambientMesh({ objects: objects('internalTrafficPolicy: Local, ') })
    expect(verdictOf(ask(near, from, 'near:80'))).toBe('UNREACHABLE NO_ENDPOINTS')
    expect(verdictOf(ask(ambientMesh({ objects: objects('') }), from, 'near:80'))).toBe('REACHABLE DELIVERED')
  })

  it('prefers what is closer only by the traffic distribution, never by rules (AMB-13)', () => {
    const outliers = object(
      'DestinationRule',
      'deep/lake',
      '{ host: lake.deep.svc.cluster.local, trafficPolicy: { outlierDetection: { consecutive5xxErrors: 3 }, loadBalancer: { localityLbSetting: { failoverPriority: [kubernetes.io/hostname] } } } }',
    )
    const shares = (objects: string, to: string) => ask(ambientMesh({ objects }), from, to).endpoints.map(({ share }) => share)
    expect(shares(outliers, 'lake.deep:80')).toEqual([0.5, 0.5])
    const near = [
      service('calm/near', { ip: '10.0.0.23', spec: 'trafficDistribution: PreferSameNode, ' }),
      pod('calm/near', { ip: '10.1.0.23', node: 'n1' }),
      pod('calm/near', { ip: '10.1.0.24', node: 'n2', own: 'near-2' }),
    ]
    expect(shares(near.join('\n'), 'near:80')).toEqual([1, 0])
  })
})

describe('a ServiceEntry', () => {
  const entry = (spec: string) =>
    object('ServiceEntry', 'calm/out', `{ hosts: [out.example], ports: [{ number: 80, name: http, protocol: HTTP }], ${spec} }`)
  const off = 'ambient.istio.io/dns-capture: "false"'
  const blind = pod('calm/blind', { ip: '10.1.0.30', annotations: off })

  it('is known by its address, which ztunnel answers for its name (AMB-16, AMB-20)', () => {
    const mesh = ambientMesh({ objects: entry('resolution: STATIC, endpoints: [{ address: 192.0.2.7 }]') })
    expect(ask(mesh, from, 'out.example:80').endpoints.map(({ address }) => address)).toEqual(['192.0.2.7'])
    expect(verdictOf(ask(mesh, from, 'out.example:81'))).toBe('UNREACHABLE NO_ENDPOINTS')
  })

  it('is not met by a pod whose names DNS outside answers (AMB-16, AMB-20)', () => {
    const mesh = ambientMesh({ objects: [blind, entry('resolution: STATIC, endpoints: [{ address: 192.0.2.7 }]')].join('\n') })
    const answer = ask(mesh, 'calm/blind', 'out.example:81')
    expect(verdictOf(answer)).toBe('REACHABLE PASSTHROUGH')
  })

  it('is not met where the cluster’s node agent, or the header, lets DNS outside answer, but by a pod that asks ztunnel (AMB-20)', () => {
    const asks = pod('calm/asks', { ip: '10.1.0.31', annotations: 'ambient.istio.io/dns-capture: "true"' })
    const out = [asks, entry('addresses: [192.0.2.50], resolution: STATIC, endpoints: [{ address: 192.0.2.7 }]')]
    const agent = (capture: string): string =>
      `      - { apiVersion: v1, kind: ConfigMap, metadata: { name: istio-cni-config, namespace: istio-system }, data: { AMBIENT_DNS_CAPTURE: "${capture}" } }`
    const answers = (mesh: Parameters<typeof ambientMesh>[0]) => {
      const snapshot = ambientMesh({ ...mesh, objects: [...out, mesh?.objects ?? ''].join('\n') })
      return [from, 'calm/asks'].map((who) => verdictOf(ask(snapshot, who, 'out.example:81')))
    }
    const unmet = ['REACHABLE PASSTHROUGH', 'UNREACHABLE NO_ENDPOINTS']
    const met = ['UNREACHABLE NO_ENDPOINTS', 'UNREACHABLE NO_ENDPOINTS']
    expect(answers({})).toEqual(met)
    expect(answers({ objects: agent('false') })).toEqual(unmet)
    expect(answers({ dns: 'capture: false' })).toEqual(unmet)
    expect(answers({ dns: 'capture: true', objects: agent('false') })).toEqual(met)
    expect(answers({ objects: agent('true'), version: '1.24.1' })).toEqual(met)
    expect(answers({ version: '1.24.1' })).toEqual(unmet)
  })

  it('without endpoints has none when it is static, and its own host when names are resolved (AMB-16)', () => {
    expect(verdictOf(ask(ambientMesh({ objects: entry('resolution: STATIC') }), from, 'out.example:80'))).toBe('UNREACHABLE NO_ENDPOINTS')
    expect(ask(ambientMesh({ objects: entry('resolution: DNS') }), from, 'out.example:80').endpoints.map(({ address }) => address)).toEqual(
      ['out.example'],
    )
  })

  it('of resolution NONE keeps the address, whatever the port (AMB-9)', () => {
    const mesh = ambientMesh({ objects: entry('resolution: NONE, addresses: [192.0.2.8]') })
    expect(verdictOf(ask(mesh, from, '192.0.2.8:81'))).toBe('REACHABLE PASSTHROUGH')
  })

  it('of several namespaces is the own one’s, else the oldest (AMB-7)', () => {
    const at = (name: string, address: string, created: string) =>
      object(
        'ServiceEntry',
        name,
        `{ hosts: [twin.example], addresses: [${address}], resolution: STATIC, ports: [{ number: 80, name: http, protocol: HTTP }], endpoints: [{ address: ${address.replace('192.0.2', '198.51.100')} }] }`,
        `creationTimestamp: "${created}"`,
      )
    const mesh = ambientMesh({
      objects: [
        at('deep/twin', '192.0.2.1', '2025-01-01T00:00:00Z'),
        at('bare/twin', '192.0.2.2', '2025-01-02T00:00:00Z'),
        at('calm/twin', '192.0.2.3', '2025-01-03T00:00:00Z'),
      ].join('\n'),
    })
    expect(ask(mesh, from, 'twin.example:80').endpoints.map(({ address }) => address)).toEqual(['198.51.100.3'])
    expect(ask(mesh, 'deep/lake', 'twin.example:80').endpoints.map(({ address }) => address)).toEqual(['198.51.100.1'])
  })
})

describe('the DNS of ztunnel', () => {
  it('answers for all Services, hidden or not, and for new pods since 1.25 only (AMB-20)', () => {
    const hidden = service('deep/hidden', { ip: '10.0.0.21', annotations: 'networking.istio.io/exportTo: "."' })
    const name = (version: string) => stepAt(ask(ambientMesh({ objects: hidden, version }), from, 'hidden.deep:80'), 'NAME').message
    expect(name('1.25.0')).toContain('own DNS table')
    expect(name('1.24.3')).toContain('DNS of cluster')
  })

  it('says of a headless Service without pods that it has no address (AMB-21, AMB-22)', () => {
    const answer = ask(ambientMesh({ objects: service('calm/well', { spec: 'clusterIP: None, ' }) }), from, 'well:80')
    expect(verdictOf(answer)).toBe('UNREACHABLE NAME_NOT_RESOLVED')
  })

  it('leaves what it does not know to others (AMB-23)', () => {
    expect(stepAt(ask(ambientMesh(), from, 'outside.example:443'), 'NAME').reason).toBe('NAME_EXTERNAL')
  })
})

describe('capture', () => {
  const by = (more: Parameters<typeof pod>[1]) => {
    const mesh = ambientMesh({ objects: [pod('calm/one', more), service('calm/one', { ip: '10.0.0.24' }), strict('calm')].join('\n') })
    return verdictOf(ask(mesh, from, 'one:80'))
  }

  it('is what the CNI agent wrote, whatever the labels say (AMB-1, AMB-2)', () => {
    expect(by({ ip: '10.1.0.40' })).toBe('REACHABLE DELIVERED')
    expect(by({ ip: '10.1.0.40', labels: 'istio.io/dataplane-mode: none' })).toBe('REACHABLE DELIVERED')
    const captured = ambientMesh({
      objects: [
        pod('bare/one', { ip: '10.1.0.41', annotations: 'ambient.istio.io/redirection: enabled' }),
        service('bare/one', { ip: '10.0.0.24' }),
        strict('bare'),
      ].join('\n'),
    })
    expect(verdictOf(ask(captured, from, 'one.bare:80'))).toBe('REACHABLE DELIVERED')
    expect(verdictOf(ask(captured, 'bare/client', 'one:80'))).toBe('UNREACHABLE TLS_REJECTED')
  })

  it('that has begun and is not done leaves everything open (AMB-2)', () => {
    expect(by({ ip: '10.1.0.40', annotations: 'ambient.istio.io/redirection: pending' })).toBe('UNDETERMINED INPUT_MISSING')
  })

  it('needs a control plane with ambient mode (AMB-3)', () => {
    const off = ambientMesh({ flags: 'PILOT_ENABLE_AMBIENT: "false"' })
    expect(verdictOf(ask(off, from, 'lake.deep:80'))).toBe('UNDETERMINED INPUT_MISSING')
    const silent = ask(ambientMesh({ flags: '' }), from, 'lake.deep:80')
    expect(silent.assumptions.map(({ code }) => code)).toContain('AMBIENT_ASSUMED')
  })

  it('is not done in `kube-system` since 1.30 (AMB-1)', () => {
    const objects = [
      '      - { apiVersion: v1, kind: Namespace, metadata: { name: kube-system, labels: { istio.io/dataplane-mode: ambient } } }',
      pod('kube-system/dns', { ip: '10.1.0.42' }),
      service('kube-system/dns', { ip: '10.0.0.25' }),
      strict('kube-system'),
    ].join('\n')
    const verdict = (version: string) => verdictOf(ask(ambientMesh({ objects, version }), 'bare/client', 'dns.kube-system:80'))
    expect(verdict('1.30.0')).toBe('REACHABLE PASSTHROUGH')
    expect(verdict('1.29.0')).toBe('UNREACHABLE TLS_REJECTED')
  })
})

describe('a sidecar', () => {
  it('tunnels to captured pods, and keeps classic mutual TLS with those that have it (AMB-30)', () => {
    expect(verdictOf(ask(ambientMesh({ objects: strict('deep') }), 'shop/client', 'lake.deep:80'))).toBe('REACHABLE DELIVERED')
    const both = ambientMesh({ labels: { cart: 'networking.istio.io/tunnel: "http"' }, objects: strict('shop') })
    expect(stepAt(ask(both, 'shop/client', 'cart:80'), 'TRANSPORT').message).toContain('advertises')
  })

  it('tunnels also where a rule disables TLS, and puts TLS of a rule inside (AMB-32)', () => {
    const rule = (mode: string) =>
      object('DestinationRule', 'deep/lake', `{ host: lake.deep.svc.cluster.local, trafficPolicy: { tls: { mode: ${mode} } } }`)
    const answer = (mode: string) => ask(ambientMesh({ objects: [rule(mode), strict('deep')].join('\n') }), 'shop/client', 'lake.deep:80')
    expect(verdictOf(answer('DISABLE'))).toBe('REACHABLE DELIVERED')
    expect(answer('SIMPLE').conditions.map(({ code }) => code)).toEqual(['APPLICATION_TLS_NEEDED'])
  })

  it('does not tunnel to pods behind a headless Service, which STRICT refuses (AMB-33)', () => {
    const objects = [service('calm/well', { spec: 'clusterIP: None, ' }), pod('calm/well', { ip: '10.1.0.22' })]
    expect(stepAt(ask(ambientMesh({ objects: objects.join('\n') }), 'shop/client', 'well.calm:8080'), 'TRANSPORT').reason).toBe(
      'PLAINTEXT_ACCEPTED',
    )
    expect(verdictOf(ask(ambientMesh({ objects: [...objects, strict('calm')].join('\n') }), 'shop/client', 'well.calm:8080'))).toBe(
      'UNREACHABLE TLS_REJECTED',
    )
  })

  it('is a sidecar though its namespace is in ambient mode (AMB-1)', () => {
    const mesh = ambientMesh({ objects: [sidecar('calm/old', '10.1.0.50'), service('calm/old', { ip: '10.0.0.26' })].join('\n') })
    expect(stepAt(ask(mesh, from, 'old:80'), 'TRANSPORT').reason).toBe('PLAINTEXT_ACCEPTED')
  })
})
