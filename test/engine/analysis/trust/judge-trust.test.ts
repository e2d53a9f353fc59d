import { describe, expect, it } from 'vitest'
import { judgeTrust } from '#engine/analysis/trust/judge-trust'
import type { IdentityTrust } from '#engine/model/identity-trust'
import type { IdentityInput } from '#engine/model/question'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { issueAuthority } from '../../certificates.js'
import { snapshotOf } from '../../from-yaml.js'

const rootA = await issueAuthority('root A')
const rootB = await issueAuthority('root B')
const short = await issueAuthority('short', rootA, { until: '2027-01-01T00:00:00Z' })

const pems = (...authorities: { pem: string }[]) => JSON.stringify(authorities.map(({ pem }) => pem))

interface Side {
  readonly roots?: string
  readonly signing?: string
  readonly meshConfig?: string
  readonly secrets?: string
}

const primary = (name: string, { meshConfig = '{}', secrets = '[]' }: Side) =>
  `  - { name: ${name}, cluster: ${name}, version: 1.31.0, meshConfig: ${meshConfig}, remoteSecrets: ${secrets} }`
const entry = (name: string, { roots, signing }: Side) =>
  `  - { name: ${name}, controlPlane: { role: PRIMARY }${roots === undefined ? '' : `, rootCertificates: ${roots}`}${signing === undefined ? '' : `, signingCertificates: ${signing}`} }`

/** Primaries `west` and `east`, and `plain`, which has no mesh. */
const topology = (west: Side, east: Side): Snapshot =>
  snapshotOf(`
controlPlanes:
${primary('west', west)}
${primary('east', east)}
clusters:
${entry('west', west)}
${entry('east', east)}
  - { name: plain, controlPlane: { role: NONE } }
`)

const at = Date.parse('2026-01-01T00:00:00Z')
const client: IdentityInput = { cluster: 'west', namespace: 'shop', serviceAccount: 'client' }
const server: IdentityInput = { cluster: 'east', namespace: 'shop', serviceAccount: 'cart' }

function ask(snapshot: Snapshot, question: { client?: IdentityInput; server?: IdentityInput } = {}, moment = at): IdentityTrust {
  const answer = judgeTrust(snapshot, { client, server, ...question }, moment)
  if ('problem' in answer) throw new Error(answer.problem.message)
  return answer
}

const problemOf = (snapshot: Snapshot, identity: IdentityInput) => {
  const answer = judgeTrust(snapshot, { client: identity, server }, at)
  return 'problem' in answer ? answer.problem : undefined
}

const sees = { secrets: '[west, east]' }
const [withA, withB] = [
  { ...sees, roots: pems(rootA) },
  { ...sees, roots: pems(rootB) },
]

describe('trust between identities', () => {
  it('one root on both sides is trusted in both directions, until it ends (TRUST-5, TRUST-6)', () => {
    const answer = ask(topology(withA, withA))
    expect(answer).toMatchObject({ verdict: 'TRUSTED', reason: 'TRUSTED', validUntil: '2046-01-01T00:00:00.000Z' })
    expect([answer.clientAcceptsServer.verdict, answer.serverAcceptsClient.verdict]).toEqual(['TRUSTED', 'TRUSTED'])
    expect(answer.summary).toContain('spiffe://cluster.local/ns/shop/sa/client')
  })

  it('two roots are trusted in neither direction (TRUST-3, TRUST-5)', () => {
    const answer = ask(topology(withA, withB))
    expect(answer).toMatchObject({ verdict: 'NOT_TRUSTED', reason: 'NO_COMMON_ROOT', validUntil: null })
    expect(answer.clientAcceptsServer.chain.outcome).toBe('STOPPED')
    expect(answer.serverAcceptsClient.chain.outcome).toBe('STOPPED')
    expect(answer.remedies).toHaveLength(1)
    expect(answer.summary).toMatch(/^client `[^`]+` and server `[^`]+` do not accept each other’s certificates: /)
  })

  it('the directions are judged one by one (TRUST-5)', () => {
    const answer = ask(topology({ ...sees, roots: pems(rootA, rootB), signing: pems(rootA) }, withB))
    expect(answer.verdict).toBe('NOT_TRUSTED')
    expect([answer.clientAcceptsServer.verdict, answer.serverAcceptsClient.verdict]).toEqual(['TRUSTED', 'NOT_TRUSTED'])
    const [from, to] = ['spiffe://cluster.local/ns/shop/sa/client', 'spiffe://cluster.local/ns/shop/sa/cart']
    const refusal = `server \`${to}\` does not accept the certificate of client \`${from}\`, though the client accepts the server’s: `
    expect(answer.summary.slice(0, refusal.length)).toBe(refusal)
  })

  it('where one direction is unknown the sentence names it, and what the other is (TRUST-3)', () => {
    const answer = ask(topology({ ...sees, meshConfig: '{ trustDomain: one }' }, { ...withA, meshConfig: '{ trustDomain: two }' }))
    expect([answer.clientAcceptsServer.verdict, answer.serverAcceptsClient.verdict]).toEqual(['UNDETERMINED', 'NOT_TRUSTED'])
    expect(answer.summary).toContain('does not accept the certificate of client')
    expect(answer.summary).toContain(', and whether the client accepts the server’s is unknown: ')
  })

  it('the earliest end of anything it rests on ends it, and after that it is expired (TRUST-6, TOPO-28)', () => {
    const snapshot = topology(withA, { ...withA, signing: pems(short) })
    expect(ask(snapshot).validUntil).toBe('2027-01-01T00:00:00.000Z')
    expect(ask(snapshot, {}, Date.parse('2027-02-01T00:00:00Z'))).toMatchObject({ verdict: 'NOT_TRUSTED', reason: 'CERTIFICATE_EXPIRED' })
  })

  it('without roots two control planes are undetermined, one is trusted (TRUST-3)', () => {
    expect(ask(topology(sees, sees))).toMatchObject({ verdict: 'UNDETERMINED', reason: 'ROOTS_UNKNOWN' })
    const within = ask(topology(sees, sees), { server: { ...server, cluster: 'west' } })
    expect(within).toMatchObject({ verdict: 'TRUSTED', validUntil: null })
    expect(within.assumptions.map(({ code }) => code)).toContain('ROOTS_ASSUMED')
  })

  it('a foreign trust domain is refused by the server, an alias lets it in (TLS-20, TLS-21)', () => {
    const one = { ...withA, meshConfig: '{ trustDomain: one }' }
    const two = { ...withA, meshConfig: '{ trustDomain: two }' }
    const answer = ask(topology(one, two))
    expect(answer).toMatchObject({ verdict: 'NOT_TRUSTED', reason: 'TRUST_DOMAIN_NOT_ACCEPTED' })
    expect(answer.clientAcceptsServer.verdict).toBe('TRUSTED')
    expect(ask(topology(one, { ...two, meshConfig: '{ trustDomain: two, trustDomainAliases: [one] }' })).verdict).toBe('TRUSTED')
  })

  it('a client compares whole names: the trust domain its control plane reads, or an alias (TLS-18, TLS-21)', () => {
    const asked = { server: { cluster: 'east', spiffeId: 'spiffe://old/ns/shop/sa/cart' } }
    const answer = ask(topology(withA, withA), asked)
    expect(answer).toMatchObject({ verdict: 'NOT_TRUSTED', reason: 'NAME_MISMATCH' })
    expect(answer.assumptions.map(({ code }) => code)).toContain('IDENTITY_ASSUMED_ISSUED')
    const aliased = { ...withA, meshConfig: '{ trustDomainAliases: [old] }' }
    expect(ask(topology(aliased, withA), asked).verdict).toBe('TRUSTED')
  })

  it('a client whose control plane does not read the server’s cluster has no name to compare (TLS-19)', () => {
    const answer = ask(topology({ roots: pems(rootA) }, { roots: pems(rootA) }))
    expect(answer.verdict).toBe('TRUSTED')
    expect(answer.clientAcceptsServer.name).toMatchObject({ outcome: 'NOT_APPLICABLE', reason: 'NAME_NOT_CHECKED' })
  })
})

describe('whose identity it is', () => {
  const bare = (name: string): IdentityInput => ({ spiffeId: `spiffe://cluster.local/ns/shop/sa/${name}` })

  it('a SPIFFE ID alone names no cluster: where the issuers differ the answer is ambiguous (TRUST-1)', () => {
    expect(ask(topology(withA, withB), { client: bare('client') })).toMatchObject({ verdict: 'AMBIGUOUS', reason: 'SEVERAL_ISSUERS' })
  })

  it('where they agree it is one answer (TRUST-1)', () => {
    expect(ask(topology(withA, withA), { client: bare('client'), server: bare('cart') }).verdict).toBe('TRUSTED')
  })

  it('only control planes of its trust domain can have issued it (TRUST-2)', () => {
    const snapshot = topology(
      { ...withA, meshConfig: '{ trustDomain: one, trustDomainAliases: [two] }' },
      { ...withA, meshConfig: '{ trustDomain: two, trustDomainAliases: [one] }' },
    )
    expect(ask(snapshot, { client: { spiffeId: 'spiffe://one/ns/shop/sa/client' } }).verdict).toBe('TRUSTED')
  })

  it.each([
    ['an unknown cluster', { cluster: 'wset', namespace: 'shop' }, 'west'],
    ['a cluster without a mesh', { cluster: 'plain', namespace: 'shop' }, 'west'],
    ['a trust domain nobody issues', { spiffeId: 'spiffe://cluster.lokal/ns/shop/sa/x' }, 'cluster.local'],
  ])('%s is a problem, with what may have been meant (TRUST-1, TRUST-2)', (_title, identity, suggestion) => {
    expect(problemOf(topology(withA, withA), identity)).toMatchObject({
      code: 'IDENTITY_NOT_FOUND',
      details: { suggestions: expect.arrayContaining([suggestion]) },
    })
  })

  it.each<[string, IdentityInput, string]>([
    ['a text that is no SPIFFE ID', { spiffeId: 'shop/client' }, '#/client/spiffeId'],
    ['an identity of neither form', { cluster: 'west' }, '#/client'],
    ['an account without its namespace', { cluster: 'west', serviceAccount: 'client' }, '#/client'],
    ['both forms at once', { spiffeId: 'spiffe://cluster.local/ns/shop/sa/client', namespace: 'shop' }, '#/client/namespace'],
    [
      'a SPIFFE ID and an account',
      { spiffeId: 'spiffe://cluster.local/ns/shop/sa/client', serviceAccount: 'x' },
      '#/client/serviceAccount',
    ],
  ])('%s is malformed, at its place (TRUST-1)', (_title, identity, pointer) => {
    expect(problemOf(topology(withA, withA), identity)).toMatchObject({ code: 'PARAMETER_INVALID', details: { errors: [{ pointer }] } })
  })

  it('a missing service account is `default` (TRUST-1)', () => {
    expect(ask(topology(withA, withA), { client: { cluster: 'west', namespace: 'shop' } }).summary).toContain('ns/shop/sa/default')
  })

  it('an account that no workload uses is assumed, and said to be (TRUST-1)', () => {
    const snapshot = snapshotOf(`
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    resources:
      - apiVersion: v1
        kind: Pod
        metadata: { name: client, namespace: shop }
        spec: { serviceAccountName: client, containers: [{ name: istio-proxy }] }
`)
    const assumed = (identity: IdentityInput): readonly string[] =>
      ask(snapshot, { client: { cluster: 'west', namespace: 'shop', serviceAccount: 'client' }, server: identity })
        .assumptions.filter(({ code }) => code === 'IDENTITY_HYPOTHETICAL')
        .map(({ message }) => message)
    const used = { namespace: 'shop', serviceAccount: 'client' }
    expect(assumed({ cluster: 'west', ...used })).toEqual([])
    expect(assumed(used)).toEqual([])
    expect(assumed(bare('client'))).toEqual([])
    expect(assumed({ cluster: 'west', namespace: 'nix', serviceAccount: 'client' })).toEqual([
      'no workload in `west/nix` runs as service account `client`: one that does is assumed, in a namespace of which nothing is given',
    ])
    const slip = { namespace: 'shpo', serviceAccount: 'client' }
    const meant = ': one that does is assumed, in a namespace of which nothing is given; did you mean `shop`'
    expect(assumed({ cluster: 'west', ...slip })).toEqual([`no workload in \`west/shpo\` runs as service account \`client\`${meant}`])
    expect(assumed(slip)).toEqual([`no workload in namespace \`shpo\` of any cluster runs as service account \`client\`${meant}`])
    expect(assumed({ spiffeId: 'spiffe://cluster.local/ns/shpo/sa/client' })[0]).toContain(meant)
    expect(assumed({ cluster: 'west', namespace: 'istio-system', serviceAccount: 'client' })[0]).toMatch(/is assumed$/)
    expect(assumed({ namespace: 'shop', serviceAccount: 'clint' })).toEqual([
      'no workload in namespace `shop` of any cluster runs as service account `clint`: one that does is assumed',
    ])
    expect(assumed(bare('clint'))).toHaveLength(1)
    expect(assumed({ spiffeId: 'spiffe://cluster.local/another/form' })).toEqual([])
  })
})
