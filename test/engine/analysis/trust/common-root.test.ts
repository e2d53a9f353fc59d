import { describe, expect, it } from 'vitest'
import { judgeTrust } from '#engine/analysis/trust/judge-trust'
import type { IdentityTrust } from '#engine/model/identity-trust'
import { makeReport } from '#engine/rules/make-report'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { issueAuthority } from '../../certificates.js'
import { snapshotOf } from '../../from-yaml.js'

const rootA = await issueAuthority('root A')
const rootB = await issueAuthority('root B')

/** Two primaries; `mesh` is what the header says of their mesh, `roots` of each. */
const topology = (mesh: string, roots: Readonly<Record<string, string>> = {}, meshOfEast = 'mesh1'): Snapshot =>
  snapshotOf(`
meshes:
  - { name: mesh1${mesh} }
clusters:
  - { name: west, mesh: mesh1, controlPlane: { role: PRIMARY }${roots['west'] ?? ''} }
  - { name: east, mesh: ${meshOfEast}, controlPlane: { role: PRIMARY }${roots['east'] ?? ''} }
`)

const ask = (snapshot: Snapshot): IdentityTrust => {
  const side = (cluster: string) => ({ cluster, namespace: 'shop', serviceAccount: 'default' })
  const answer = judgeTrust(snapshot, { client: side('west'), server: side('east') }, Date.parse('2026-01-01T00:00:00Z'))
  if ('problem' in answer) throw new Error(answer.problem.message)
  return answer
}

const signedBy = ({ pem }: { pem: string }): string => `, rootCertificates: [${JSON.stringify(pem)}]`

describe('a common root without certificates', () => {
  it('is stated of a mesh, and said to be (TRUST-3, TRUST-5)', () => {
    const answer = ask(topology(', commonRoot: true'))
    expect(answer.verdict).toBe('TRUSTED')
    expect(answer.assumptions.map(({ code }) => code)).toContain('COMMON_ROOT_STATED')
  })

  it('counts where one side gives its root as well (TRUST-3)', () => {
    expect(ask(topology(', commonRoot: true', { west: signedBy(rootA) })).verdict).toBe('TRUSTED')
  })

  it.each(['', ', commonRoot: false'])(
    'is not taken for granted (`%s`): the answer says which lines and commands would settle it (TRUST-3)',
    (mesh) => {
      const { verdict, summary } = ask(topology(mesh))
      expect(verdict).toBe('UNDETERMINED')
      expect(summary).toContain('two lines of `topology.yaml` say so, `meshes:` and `  - { name: mesh1, commonRoot: true }`')
      expect(summary).toContain('`kubectl --context west -n istio-system get configmap istio-ca-root-cert -o yaml`')
      expect(summary).toContain('`kubectl --context east -n istio-system get configmap istio-ca-root-cert -o yaml`')
    },
  )

  it('fetches only what is missing (TRUST-5)', () => {
    expect(ask(topology('', { west: signedBy(rootA) })).summary).not.toContain('--context west')
  })

  it('of one mesh says nothing of another one (TRUST-5, TRUST-13)', () => {
    const { verdict, summary } = ask(topology(', commonRoot: true', {}, 'mesh2'))
    expect(verdict).toBe('UNDETERMINED')
    expect(summary).not.toContain('commonRoot')
  })

  it('gives way to certificates that say otherwise, and the report tells of it (TRUST-3, TRUST-5)', () => {
    const snapshot = topology(', commonRoot: true', { west: signedBy(rootA), east: signedBy(rootB) })
    expect(ask(snapshot)).toMatchObject({ verdict: 'NOT_TRUSTED', reason: 'NO_COMMON_ROOT' })
    const told = makeReport(snapshot, [], [], Date.parse('2026-01-01T00:00:00Z')).findings.filter(({ code }) => code === 'TRU101')
    expect(told.map(({ message }) => message)).toEqual([expect.stringContaining('of which `commonRoot` states otherwise')])
  })
})
