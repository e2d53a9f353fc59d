import { describe, expect, it } from 'vitest'
import { findBreaches } from '#engine/rules/make-report'
import { unrelatedRoots } from '#engine/rules/trust/unrelated-roots'
import { cluster, deployment, namespace, type Raw, topology } from '../../analysis/objects.js'
import { issueAuthority } from '../../certificates.js'

const [a, b] = [(await issueAuthority('Root A')).pem, (await issueAuthority('Root B')).pem]

interface Side {
  readonly root: string
  readonly other?: string
  readonly multiroot?: boolean
  readonly agents?: boolean
  readonly objects?: readonly Raw[]
}
const side = (name: string, { root, other, multiroot = true, agents = true, objects = [] }: Side) => ({
  plane: {
    name,
    cluster: name,
    flags: { ISTIO_MULTIROOT_MESH: String(multiroot) },
    meshConfig: {
      ...(other === undefined ? {} : { caCertificates: [{ pem: other }] }),
      defaultConfig: { proxyMetadata: { PROXY_CONFIG_XDS_AGENT: String(agents) } },
    },
  },
  cluster: cluster(name, [...objects], { mesh: 'mesh1', rootCertificates: [root] }),
})
const told = (west: Side, east: Side) => {
  const sides = [side('west', west), side('east', east)]
  const clusters = sides.map((one) => one.cluster)
  const snapshot = topology(clusters, { controlPlanes: sides.map(({ plane }) => plane) })
  return findBreaches(snapshot, [unrelatedRoots]).map(({ message }) => message)
}

describe('control planes of one mesh without a root in common are told of by the rules of trust', () => {
  it('where each has a root of its own (TRUST-3, TRUST-5)', () => {
    expect(told({ root: a }, { root: b })).toEqual(['control planes `east` and `west` have no root certificate in common, in mesh `mesh1`'])
    expect(told({ root: a }, { root: a })).toEqual([])
  })

  it('not where each hands out the other’s root as well (TRUST-9)', () => {
    expect(told({ root: a, other: b }, { root: b, other: a })).toEqual([])
  })

  it('but where one of the two switches is missing (TRUST-9)', () => {
    expect(told({ root: a, other: b, agents: false }, { root: b, other: a, agents: false })).toHaveLength(1)
    expect(told({ root: a, other: b, multiroot: false }, { root: b, other: a })).toEqual([
      'proxies of control plane `west` trust no root of the certificates that `east` issues, in mesh `mesh1`',
    ])
  })

  it('nor where a ProxyConfig says it for all, and it is told of some where it says so for some (TRUST-9, EXT-11)', () => {
    const config = (home: string, spec: Raw = {}): Raw => ({
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'ProxyConfig',
      metadata: { name: 'agents', namespace: home },
      spec: { environmentVariables: { PROXY_CONFIG_XDS_AGENT: 'true' }, ...spec },
    })
    const west = (...objects: readonly Raw[]): Side => ({ root: a, other: b, agents: false, objects })
    const east: Side = { root: b, other: a }
    const running = [namespace('shop'), deployment('web'), deployment('api')]
    expect(told(west(config('istio-system')), east)).toEqual([])
    expect(told(west(config('istio-system'), ...running), east)).toEqual([])
    expect(told(west(config('shop'), ...running), east)).toEqual([])
    const one = config('shop', { selector: { matchLabels: { app: 'web' } } })
    expect(told(west(one, ...running), east)).toEqual([
      'some proxies of control plane `west` trust no root of the certificates that `east` issues, in mesh `mesh1`',
    ])
  })

  it('and where only one side hands the other’s out (TRUST-5)', () => {
    expect(told({ root: a, other: b }, { root: b })).toEqual([
      'proxies of control plane `east` trust no root of the certificates that `west` issues, in mesh `mesh1`',
    ])
  })
})
