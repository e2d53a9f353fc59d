import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBookinfo } from './open-bookinfo.js'
import type { OpenGraphql } from './open-graphql.js'

let graphql: OpenGraphql
beforeAll(async () => {
  graphql = await openBookinfo()
})
afterAll(() => graphql?.close())

/** Of the version of Bookinfo. */
async function told(fields: string): Promise<unknown> {
  const { body } = await graphql.ask(`{ topology(name: "bookinfo") { version { ${fields} } } }`)
  expect(body.errors).toBeUndefined()
  return (body.data as { readonly topology: { readonly version: unknown } }).topology.version
}

const reviews = 'service(host: "reviews", namespace: "bookinfo")'
const reviewsIn = (cluster: string, name: string): string => `workload(cluster: "${cluster}", namespace: "bookinfo", name: "${name}")`

describe('what a version consists of leads from one to the other', () => {
  it('a cluster to its network, mesh and control planes, and back', async () => {
    expect(
      await told(`clusters { name standsIn { name holds { name } } managedBy { name reads { name } } memberOf { name } }
        networks { holds { standsIn { name } } } controlPlanes { reads { role } }`),
    ).toEqual({
      clusters: ['one', 'three', 'two'].map((name) => ({
        name,
        standsIn: { name: 'network1', holds: [{ name: 'one' }, { name: 'three' }, { name: 'two' }] },
        managedBy: [{ name: 'one', reads: [{ name: 'one' }, { name: 'three' }, { name: 'two' }] }],
        memberOf: { name: 'mesh1' },
      })),
      networks: [{ holds: [1, 2, 3].map(() => ({ standsIn: { name: 'network1' } })) }],
      controlPlanes: [{ reads: [{ role: 'PRIMARY' }, { role: 'REMOTE' }, { role: 'REMOTE' }] }],
    })
  })
})

describe('a service', () => {
  it('is found by the begin of its host, or all of it; one that is not there is null', async () => {
    const found = { host: 'reviews.bookinfo.svc.cluster.local' }
    expect(
      await told(`a: ${reviews} { host } b: service(host: "reviews.bookinfo.svc.cluster.local") { host }
        c: service(host: "reviews.bookinfo") { host } d: service(host: "review", namespace: "bookinfo") { host } e: service(host: "reviews", namespace: "shop") { host }`),
    ).toEqual({ a: found, b: found, c: found, d: null, e: null })
  })

  it('stands where something is behind it', async () => {
    expect(
      await told(`${reviews} { runsIn { name region } workloads { nodes { cluster name runsIn { name } managedBy { name } } } }`),
    ).toEqual({
      service: {
        runsIn: ['one', 'three', 'two'].map((name) => ({ name, region: null })),
        workloads: {
          nodes: [
            ['one', 'reviews-v1'],
            ['three', 'reviews-v3'],
            ['two', 'reviews-v2'],
          ].map(([cluster, name]) => ({ cluster, name, runsIn: { name: cluster }, managedBy: { name: 'one' } })),
        },
      },
    })
    expect(await told('service(host: "ratings", namespace: "bookinfo") { runsIn { name } clusters }')).toEqual({
      service: { runsIn: [{ name: 'three' }, { name: 'two' }], clusters: ['one', 'three', 'two'] },
    })
  })

  it('pages through the workloads behind it', async () => {
    const page = '{ nodes { cluster } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }'
    const first = (await told(`${reviews} { workloads(first: 2) ${page} }`)) as {
      service: { workloads: { pageInfo: { startCursor: string; endCursor: string } } }
    }
    expect(first.service.workloads).toMatchObject({
      nodes: [{ cluster: 'one' }, { cluster: 'three' }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    })
    const { endCursor, startCursor } = first.service.workloads.pageInfo
    expect(startCursor).not.toBe(endCursor)
    expect(await told(`${reviews} { workloads(after: "${endCursor}") ${page} }`)).toMatchObject({
      service: { workloads: { nodes: [{ cluster: 'two' }], pageInfo: { hasNextPage: false, hasPreviousPage: true } } },
    })
  })

  it('has callers as the question about it has', async () => {
    const rows = '{ nodes { group { kind cluster name } verdict reason } totals { verdict reason count } }'
    const { service, callers } = (await told(
      `${reviews} { callers(by: WORKLOAD) ${rows} } callers(of: { host: "reviews", namespace: "bookinfo" }, by: WORKLOAD) ${rows}`,
    )) as { readonly service: { readonly callers: { readonly totals: unknown } }; readonly callers: unknown }
    expect(service.callers).toEqual(callers)
    expect(service.callers.totals).toEqual([
      { verdict: 'AMBIGUOUS', reason: 'POLICY_DEPENDS', count: 3 },
      { verdict: 'UNREACHABLE', reason: 'DENIED', count: 6 },
      { verdict: 'UNREACHABLE', reason: 'NAME_NOT_RESOLVED', count: 1 },
    ])
  })

  it('reaches what the workloads behind it reach', async () => {
    expect(await told(`${reviews} { reach(verdicts: [REACHABLE]) { nodes { group { name } count } } }`)).toEqual({
      service: {
        reach: {
          nodes: ['details', 'productpage', 'ratings'].map((name) => ({ group: { name: `${name}.bookinfo.svc.cluster.local` }, count: 1 })),
        },
      },
    })
  })

  it('is told with what says where its calls go, and the control planes that see it so', async () => {
    const { service } = (await told(
      `${reviews} { routes { concern state resource { cluster kind name } by { name } controlPlanes } }`,
    )) as {
      readonly service: { readonly routes: unknown }
    }
    const ours = { state: 'IN_FORCE', by: null, controlPlanes: ['one'] }
    expect(service.routes).toEqual([
      { concern: 'ROUTES', ...ours, resource: { cluster: 'one', kind: 'VirtualService', name: 'reviews' } },
      { concern: 'DESTINATION', ...ours, resource: { cluster: 'one', kind: 'DestinationRule', name: 'reviews' } },
    ])
  })

  it('has the findings that are about it, and no others', async () => {
    const found = { code: 'DST106', resource: { kind: 'DestinationRule' } }
    expect(
      await told(`a: ${reviews} { findings { nodes { code resource { kind } } } } b: ${reviews} { findings(filter: { severities: [ERROR] }) { nodes { code } } }
        c: service(host: "ratings", namespace: "bookinfo") { findings { nodes { code } } }`),
    ).toEqual({ a: { findings: { nodes: [found] } }, b: { findings: { nodes: [] } }, c: { findings: { nodes: [] } } })
  })

  it('is known by one identity in three clusters, which accept each other (TRUST-1, TRUST-5)', async () => {
    const { service } = (await told(
      `${reviews} { identities { spiffeId trustDomain namespace serviceAccount clusters trust { from to verdict } } }`,
    )) as { readonly service: { readonly identities: readonly { readonly trust: readonly unknown[] }[] } }
    expect(service.identities).toMatchObject([
      {
        spiffeId: 'spiffe://cluster.local/ns/bookinfo/sa/bookinfo-reviews',
        trustDomain: 'cluster.local',
        namespace: 'bookinfo',
        serviceAccount: 'bookinfo-reviews',
        clusters: ['one', 'three', 'two'],
      },
    ])
    const all = ['one', 'three', 'two'].flatMap((to) => ['one', 'three', 'two'].map((from) => ({ from, to, verdict: 'TRUSTED' })))
    expect(service.identities[0]?.trust).toEqual(all)
  })

  it('says whose it is, by what tells people so, and where it was written', async () => {
    expect(await told(`${reviews} { labels { name value } annotations { name value } source { cluster kind name } }`)).toEqual({
      service: {
        labels: [
          { name: 'app', value: 'reviews' },
          { name: 'app.kubernetes.io/part-of', value: 'bookinfo' },
        ],
        annotations: [
          { name: 'a8r.io/chat', value: '#reviews-team' },
          { name: 'a8r.io/owner', value: 'reviews-team' },
        ],
        source: ['one', 'three', 'two'].map((cluster) => ({ cluster, kind: 'Service', name: 'reviews' })),
      },
    })
  })
})

describe('a workload', () => {
  it('is found by its owner, with or without the kind; one that is not there is null', async () => {
    const found = { kind: 'Deployment', name: 'reviews-v2' }
    expect(
      await told(
        `a: ${reviewsIn('two', 'reviews-v2')} { kind name } b: ${reviewsIn('two', 'Deployment/reviews-v2')} { kind name } c: ${reviewsIn('one', 'reviews-v2')} { kind name } d: ${reviewsIn('four', 'reviews-v2')} { kind name }`,
      ),
    ).toEqual({ a: found, b: found, c: null, d: null })
  })

  it('has an identity, a source, and what tells whose it is', async () => {
    expect(
      await told(
        `${reviewsIn('two', 'reviews-v2')} { identity { spiffeId clusters } source { cluster kind name source { line } } labels { name value } annotations { name } }`,
      ),
    ).toEqual({
      workload: {
        identity: { spiffeId: 'spiffe://cluster.local/ns/bookinfo/sa/bookinfo-reviews', clusters: ['two'] },
        source: [{ cluster: 'two', kind: 'Deployment', name: 'reviews-v2', source: { line: 156 } }],
        labels: [
          { name: 'app', value: 'reviews' },
          { name: 'app.kubernetes.io/part-of', value: 'bookinfo' },
          { name: 'version', value: 'v2' },
        ],
        annotations: [],
      },
    })
  })

  it('reaches and sees what the questions say that it does', async () => {
    const from = '{ cluster: "two", namespace: "bookinfo", workload: "reviews-v2" }'
    const rows = '{ nodes { group { name } verdict reason count } totals { verdict count } }'
    const seen = '{ nodes { host ports { number } } pageInfo { hasNextPage } hidden { nodes { host } } }'
    const version = (await told(
      `${reviewsIn('two', 'reviews-v2')} { reach ${rows} visible(first: 3) ${seen} } reach(of: ${from}) ${rows} serviceVisibility(from: ${from}, first: 3) ${seen}`,
    )) as { readonly workload: Readonly<Record<string, unknown>>; readonly reach: unknown; readonly serviceVisibility: unknown }
    expect(version.workload['reach']).toEqual(version.reach)
    expect(version.workload['visible']).toEqual(version.serviceVisibility)
  })
})

describe('findings are chosen by a filter', () => {
  const codes = async (filter: string): Promise<unknown> => told(`findings(filter: ${filter}) { nodes { code } pageInfo { hasNextPage } }`)
  const found = { findings: { nodes: [{ code: 'DST106' }], pageInfo: { hasNextPage: false } } }
  const none = { findings: { nodes: [], pageInfo: { hasNextPage: false } } }

  it.each([
    ['{}', found],
    ['{ severities: [] }', found],
    ['{ severities: [WARNING] }', found],
    ['{ severities: [ERROR, INFO] }', none],
    ['{ codes: ["DST106"], cluster: "one", namespace: "bookinfo", kind: "DestinationRule", name: "reviews" }', found],
    ['{ codes: ["DST106"], cluster: "two" }', none],
    ['{ namespace: "shop" }', none],
  ])('%s', async (filter, expected) => {
    expect(await codes(filter)).toEqual(expected)
  })

  it('and one that is too long is refused', async () => {
    const { body } = await graphql.ask(
      `{ topology(name: "bookinfo") { version { findings(filter: { codes: ["${'x'.repeat(65)}"] }) { nodes { code } } } } }`,
    )
    expect(body.errors[0].extensions.code).toBe('PARAMETER_INVALID')
  })
})
