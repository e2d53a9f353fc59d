import { describe, expect, it } from 'vitest'
import { findBreaches } from '#engine/rules/make-report'
import { unrelatedRoots } from '#engine/rules/trust/unrelated-roots'
import { cluster, topology } from '../../analysis/objects.js'
import { issueAuthority } from '../../certificates.js'

const [a, b] = [(await issueAuthority('Root A')).pem, (await issueAuthority('Root B')).pem]

interface Side {
  readonly root: string
  readonly other?: string
  readonly multiroot?: boolean
  readonly agents?: boolean
}
const side = (name: string, { root, other, multiroot = true, agents = true }: Side) => ({
  plane: {
    name,
    cluster: name,
    flags: { ISTIO_MULTIROOT_MESH: String(multiroot) },
    meshConfig: {
      ...(other === undefined ? {} : { caCertificates: [{ pem: other }] }),
      defaultConfig: { proxyMetadata: { PROXY_CONFIG_XDS_AGENT: String(agents) } },
    },
  },
  cluster: cluster(name, [], { mesh: 'mesh1', rootCertificates: [root] }),
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

  it('and where only one side hands the other’s out (TRUST-5)', () => {
    expect(told({ root: a, other: b }, { root: b })).toEqual([
      'proxies of control plane `east` trust no root of the certificates that `west` issues, in mesh `mesh1`',
    ])
  })
})
