import { describe, expect, it } from 'vitest'
import { ask, assumed, cluster, deployment, eastWest, istio, type Manifest, naked, namespace, service, told, topology } from './asking.js'
import { issueAuthority } from '../certificates.js'

const root = (await issueAuthority('Common')).pem
const ledger = [deployment('bank/ledger'), service('bank/ledger')]
const strict = (place: string, metadata: Manifest = {}) =>
  istio('PeerAuthentication', `${place}/default`, { mtls: { mode: 'STRICT' } }, metadata)

describe('discovery selectors', () => {
  const meshConfig = { discoverySelectors: [{ matchLabels: { mesh: 'on' } }] }
  const on = { 'istio-injection': 'enabled', mesh: 'on' }
  const off = { 'istio-injection': 'enabled' }
  const mesh = (bank: Manifest, extra: readonly Manifest[] = [], system: Manifest = on) => {
    const spaces = [namespace('shop', on), namespace('bank', bank), namespace('istio-system', system)]
    const plane = { name: 'west', cluster: 'west', version: '1.30.2', meshConfig }
    return topology([cluster('west', [...spaces, deployment('shop/web'), ...ledger, ...extra])], { controlPlanes: [plane] })
  }

  it.each([
    ['a selected namespace is there (MODEL-6)', on, [], on, 'REACHABLE DELIVERED'],
    ['an unselected one does not exist, and is called past the mesh (MODEL-7, VIS-31)', off, [], on, 'REACHABLE PASSTHROUGH'],
    ['its PeerAuthentications count for nobody (MODEL-7)', off, [strict('bank')], on, 'REACHABLE PASSTHROUGH'],
    ['nor do its AuthorizationPolicies (MODEL-7)', off, [istio('AuthorizationPolicy', 'bank/deny', {})], on, 'REACHABLE PASSTHROUGH'],
    ['but the mesh’s own do (MODEL-7)', off, [strict('istio-system')], on, 'UNREACHABLE TLS_REJECTED at TRANSPORT'],
    ['unless the root namespace is itself unselected (MODEL-6)', off, [strict('istio-system')], off, 'REACHABLE PASSTHROUGH'],
  ])('%s', (_title, bank, extra, system, expected) => {
    expect(told(ask(mesh(bank, extra, system), 'west/shop/web', 'ledger.bank'))).toBe(expected)
  })

  it.each([
    ['is found where its namespace is selected', on, 'REACHABLE DELIVERED'],
    ['is not where it is left out', off, 'UNREACHABLE CROSS_NETWORK_WITHOUT_GATEWAY at NETWORK'],
  ])('another network’s gateway %s (MODEL-6)', (_title, system, expected) => {
    const spaces = [namespace('shop', on), namespace('bank', on)]
    const header = (network: string, reads: string) => ({ network, remoteSecrets: [reads], rootCertificates: [root] })
    const west = [
      ...spaces,
      namespace('istio-system', on),
      deployment('shop/web'),
      service('bank/ledger'),
      ...eastWest('n1', '203.0.113.1'),
    ]
    const east = [...spaces, namespace('istio-system', system), ...ledger, ...eastWest('n2', '203.0.113.2')]
    const planes = ['west', 'east'].map((name) => ({ name, cluster: name, version: '1.30.2', meshConfig }))
    const clusters = [cluster('west', west, header('n1', 'east')), cluster('east', east, header('n2', 'west'))]
    expect(told(ask(topology(clusters, { controlPlanes: planes }), 'west/shop/web', 'ledger.bank'))).toBe(expected)
  })

  it('a namespace whose object is not given is taken as selected, and said to be (MODEL-6)', () => {
    const extra = [deployment('other/api'), service('other/api')]
    expect(assumed(ask(mesh(on, extra), 'west/shop/web', 'api.other'))).toContain('NAMESPACE_ASSUMED_SELECTED')
    expect(assumed(ask(mesh(on, extra), 'west/shop/web', 'ledger.bank'))).not.toContain('NAMESPACE_ASSUMED_SELECTED')
  })

  it('but its name is known, where that is all they ask for (MODEL-6)', () => {
    const byName = { discoverySelectors: [{ matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }] }
    const plane = { name: 'west', cluster: 'west', version: '1.30.2', meshConfig: byName }
    const snapshot = topology([cluster('west', [deployment('shop/web'), deployment('other/api'), service('other/api')])], {
      controlPlanes: [plane],
    })
    expect(told(ask(snapshot, 'west/shop/web', 'api.other'))).toBe('REACHABLE PASSTHROUGH')
  })
})

describe('two revisions in one cluster', () => {
  const planes = [
    { name: 'west', cluster: 'west', version: '1.29.0' },
    { name: 'west/canary', cluster: 'west', revision: 'canary', tags: ['prod'], version: '1.30.2' },
  ]
  const labelled = (revision: string) => strict('bank', { labels: { 'istio.io/rev': revision } })
  const mesh = (bank: Manifest, ...extra: readonly Manifest[]) =>
    topology(
      [
        cluster('west', [namespace('bank', bank), deployment('shop/bare', naked), deployment('shop/web'), ...ledger, ...extra], {
          rootCertificates: [root],
        }),
      ],
      { controlPlanes: planes },
    )
  const rejected = 'UNREACHABLE TLS_REJECTED at TRANSPORT'
  const taken = 'REACHABLE PASSTHROUGH'

  it.each([
    ['a policy for the other revision is not read (MODEL-18)', { 'istio-injection': 'enabled' }, labelled('canary'), taken],
    ['one for its own is (MODEL-18)', { 'istio.io/rev': 'canary' }, labelled('canary'), rejected],
    ['also where a tag chose the revision (MODEL-27)', { 'istio.io/rev': 'prod' }, labelled('canary'), rejected],
    ['but a policy’s tag is no revision (MODEL-18)', { 'istio.io/rev': 'prod' }, labelled('prod'), taken],
    ['the default revision is called `default` (MODEL-18)', { 'istio-injection': 'enabled' }, labelled('default'), rejected],
    [
      '`istio-injection` beats the revision label (MODEL-27)',
      { 'istio-injection': 'enabled', 'istio.io/rev': 'canary' },
      labelled('canary'),
      taken,
    ],
    ['without labels nothing is injected (MODEL-27)', {}, strict('bank'), taken],
    ['nor by a revision that nobody runs (MODEL-27)', { 'istio.io/rev': 'ghost' }, strict('bank'), taken],
  ])('%s', (_title, bank, policy, expected) => {
    expect(told(ask(mesh(bank, policy), 'west/shop/bare', 'ledger.bank'))).toBe(expected)
  })

  it('share the CA of their cluster, so that their workloads trust each other (TRUST-3)', () => {
    expect(told(ask(mesh({ 'istio.io/rev': 'canary' }), 'west/shop/web', 'ledger.bank'))).toBe('REACHABLE DELIVERED')
  })
})

describe('a control plane elsewhere', () => {
  const external = (annotations: Manifest, flags: Manifest = { EXTERNAL_ISTIOD: 'true' }) => {
    const served = { network: 'n', controlPlane: { role: 'REMOTE', managedBy: 'hub' } }
    const east = [namespace('istio-system', {}, annotations), ...ledger]
    const plane = { name: 'hub', cluster: 'hub', configCluster: 'west', version: '1.30.2', flags }
    const clusters = [
      { name: 'hub', controlPlane: { role: 'EXTERNAL' }, remoteSecrets: ['west', 'east'] },
      cluster('west', [deployment('shop/web'), service('bank/ledger')], served),
      cluster('east', east, served),
    ]
    return ask(topology(clusters, { controlPlanes: [plane] }), 'west/shop/web', 'ledger.bank')
  }
  const key = 'topology.istio.io/controlPlaneClusters'

  it.each([
    ['its config cluster in the annotation', { [key]: 'west' }, undefined, false],
    ['or a star', { [key]: '*' }, undefined, false],
    ['nothing', {}, undefined, true],
    ['another cluster', { [key]: 'far' }, undefined, true],
    ['the annotation, but an istiod that is not external', { [key]: 'west' }, {}, true],
  ])(
    'writes the root certificate into a remote cluster that has %s; otherwise it is assumed to be there (MODEL-24)',
    (_title, annotations, flags, missing) => {
      const answer = external(annotations, flags)
      expect(told(answer)).toBe('REACHABLE DELIVERED')
      expect(assumed(answer).includes('ROOT_CERTIFICATE_ASSUMED')).toBe(missing)
    },
  )

  const remote = (secrets: readonly string[] | undefined, managedBy: string | undefined) => {
    const east = cluster('east', [deployment('shop/web'), ...ledger], {
      network: 'n',
      controlPlane: { role: 'REMOTE', ...(managedBy && { managedBy }) },
    })
    const west = cluster('west', [deployment('shop/web'), service('bank/ledger')], { network: 'n', mesh: 'mesh1', remoteSecrets: secrets })
    return topology([west, east])
  }

  it('that may not read the cluster of a proxy cannot serve it: the proxy never starts (MODEL-23)', () => {
    const answer = ask(remote([], 'west'), 'east/shop/web', 'ledger.bank')
    expect(told(answer)).toBe('UNREACHABLE PROXY_NOT_CONFIGURED at SCOPE')
    expect(answer.summary).toContain('neither certificates nor configuration')
  })

  it('that nobody names leaves open what a proxy would do (MODEL-25)', () => {
    const alone = topology([cluster('east', [deployment('shop/web'), ...ledger], { controlPlane: { role: 'REMOTE' } })])
    expect(told(ask(alone, 'east/shop/web', 'ledger.bank'))).toBe('UNDETERMINED INPUT_MISSING at SCOPE')
  })

  it('with unknown remote secrets may or may not see endpoints elsewhere (MODEL-20, MODEL-22)', () => {
    const west = { ...cluster('west', [deployment('shop/web'), service('bank/ledger')], { network: 'n' }) }
    const snapshot = topology([
      Object.fromEntries(Object.entries(west).filter(([name]) => name !== 'remoteSecrets')),
      cluster('east', ledger, { network: 'n' }),
    ])
    expect(told(ask(snapshot, 'west/shop/web', 'ledger.bank'))).toBe('UNDETERMINED INPUT_MISSING at DISCOVERY')
  })
})
