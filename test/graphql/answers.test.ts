import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Dependencies } from '#operations/dependencies'
import { type OpenGraphql, openGraphql } from './open-graphql.js'

let graphql: OpenGraphql
beforeAll(async () => {
  graphql = await openGraphql()
})
afterAll(() => graphql?.close())

const from = 'from: { cluster: "west", namespace: "shop", workload: "web" }'
const inShop = (fields: string, ref = 'latest'): string => `{ topology(name: "shop") { version(ref: "${ref}") { ${fields} } } }`

async function data(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
  const { body } = await graphql.ask(query, variables)
  expect(body.errors).toBeUndefined()
  return body.data as Readonly<Record<string, unknown>>
}

describe('what is stored', () => {
  it('a topology is found by name; one that does not exist is null, without an error', async () => {
    expect(
      await data(
        '{ a: topology(name: "shop") { name head compatibility } b: topology(name: "none") { name } c: topology(name: "\\u0000/..") { name } }',
      ),
    ).toEqual({
      a: { name: 'shop', head: 3, compatibility: 'NONE' },
      b: null,
      c: null,
    })
  })

  it('a version is found by number, latest and content hash; one that does not exist is null', async () => {
    const { topology } = await data(inShop('number author message contentHash tags', '2'))
    expect(topology).toMatchObject({ version: { number: 2, author: 'me', message: 'second', tags: [] } })
    const { contentHash } = (topology as { version: { contentHash: string } }).version
    expect(await data(inShop('number', contentHash))).toMatchObject({ topology: { version: { number: 2 } } })
    expect(await data('{ topology(name: "shop") { version { number } } }')).toMatchObject({ topology: { version: { number: 3 } } })
    for (const ref of ['99', 'production', '-1']) expect(await data(inShop('number', ref))).toEqual({ topology: { version: null } })
  })

  it('what no version can be called by is null with the error that REST has', async () => {
    for (const ref of ['BAD REF', 'sha256:00', '']) {
      const { body } = await graphql.ask(inShop('number', ref))
      expect(body.data).toEqual({ topology: { version: null } })
      expect(body.errors).toMatchObject([{ path: ['topology', 'version'], extensions: { code: 'PARAMETER_INVALID' } }])
    }
  })

  it('what has an id is found again by it, and told by its type', async () => {
    const { topology } = await data('{ topology(name: "shop") { id version(ref: "2") { id } } }')
    const { id, version } = topology as { id: string; version: { id: string } }
    for (const one of [id, version.id]) expect(one).toMatch(/^[A-Za-z0-9_-]+$/)
    const query =
      'query ($id: ID!) { node(id: $id) { __typename id ... on Topology { name } ... on TopologyVersion { number deployment { clusters } } } }'
    for (let round = 0; round < 3; round += 1) {
      expect(await data(query, { id })).toEqual({ node: { __typename: 'Topology', id, name: 'shop' } })
      expect(await data(query, { id: version.id })).toEqual({
        node: { __typename: 'TopologyVersion', id: version.id, number: 2, deployment: { clusters: 'MULTIPLE' } },
      })
    }
    for (const wrong of [
      '',
      'x',
      `${id}=`,
      Buffer.from('Topology:none').toString('base64url'),
      Buffer.from('Other:shop').toString('base64url'),
      Buffer.from('TopologyVersion:shop').toString('base64url'),
    ]) {
      expect(await data(query, { id: wrong })).toEqual({ node: null })
    }
  })

  it('lists go on behind the cursor of any item', async () => {
    const query =
      '{ topology(name: "shop") { versions(first: 2) { edges { cursor node { number } } nodes { number } pageInfo { hasNextPage endCursor } } } }'
    const { topology } = await data(query)
    const { versions } = topology as { versions: { edges: { cursor: string }[]; pageInfo: { endCursor: string } } }
    expect(versions).toMatchObject({
      edges: [{ node: { number: 3 } }, { node: { number: 2 } }],
      nodes: [{ number: 3 }, { number: 2 }],
      pageInfo: { hasNextPage: true },
    })
    expect(versions.pageInfo.endCursor).toBe(versions.edges[1]?.cursor)
    const next =
      'query ($after: String) { topology(name: "shop") { versions(after: $after) { nodes { number } pageInfo { hasNextPage } } } }'
    expect(await data(next, { after: versions.edges[0]?.cursor })).toEqual({
      topology: { versions: { nodes: [{ number: 2 }, { number: 1 }], pageInfo: { hasNextPage: false } } },
    })
    expect(await data(next, { after: versions.pageInfo.endCursor })).toEqual({
      topology: { versions: { nodes: [{ number: 1 }], pageInfo: { hasNextPage: false } } },
    })
  })

  it('an empty page ends nowhere', async () => {
    const { topology } = await data(inShop('findings { pageInfo { endCursor } }'))
    const { endCursor } = (topology as { version: { findings: { pageInfo: { endCursor: string } } } }).version.findings.pageInfo
    const rest = inShop(`findings(after: "${endCursor}") { nodes { code } pageInfo { hasNextPage endCursor } }`)
    expect(await data(rest)).toEqual({
      topology: { version: { findings: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } } },
    })
  })

  it('services, workloads and what a source sees and does not see are listed', async () => {
    const version = (await data(
      inShop(`services(first: 1) { nodes { host clusters ports { number name protocol } } pageInfo { hasNextPage } }
      workloads { nodes { cluster kind name } }
      serviceVisibility(${from}, endpoints: true) { nodes { host ports { number subsets { name endpoints { cluster port } } } } hidden { nodes { host reason } } }`),
    )) as never as { topology: { version: object } }
    expect(version.topology.version).toMatchObject({
      services: {
        nodes: [
          { host: 'cart.shop.svc.cluster.local', clusters: ['east', 'west'], ports: [{ number: 80, name: 'http', protocol: 'HTTP' }] },
        ],
        pageInfo: { hasNextPage: true },
      },
      workloads: {
        nodes: [
          { cluster: 'west', kind: 'Deployment', name: 'cart' },
          { cluster: 'west', kind: 'Deployment', name: 'web' },
        ],
      },
      serviceVisibility: { hidden: { nodes: [] } },
    })
    const seen = (version.topology.version as { serviceVisibility: { nodes: { host: string }[] } }).serviceVisibility.nodes.map(
      ({ host }) => host,
    )
    expect(seen).toEqual(['cart', 'rating', 'zoo'].map((name) => `${name}.shop.svc.cluster.local`))
  })
})

describe('questions', () => {
  it('one that cannot be asked is null with the code that REST has, its siblings answered', async () => {
    const query = inShop(`
      good: reachability(${from}, to: { host: "cart" }) { verdict }
      lost: reachability(from: { cluster: "west", namespace: "shop", workload: "wob" }, to: { host: "cart" }) { verdict }
      half: reachability(from: { namespace: "shop" }, to: { host: "cart" }) { verdict }
      when: reachability(${from}, to: { host: "cart" }, at: "yesterday") { verdict }
      port: reachability(${from}, to: { host: "cart", port: 70000 }) { verdict }
      long: reachability(${from}, to: { host: "${'x'.repeat(300)}" }) { verdict }
      page: serviceVisibility(${from}, first: 1000) { nodes { host } }
      who: identityTrust(client: {}, server: { namespace: "shop", serviceAccount: "default" }) { verdict }
      twice: serviceVisibility(from: { cluster: "west", proxy: { cluster: "west", namespace: "shop" } }) { nodes { host } }
      unknown: reachability(${from}, to: { host: "nothing.shop" }) { verdict }`)
    for (let round = 0; round < 3; round += 1) {
      const { status, body } = await graphql.ask(query)
      expect(status).toBe(200)
      const { version } = (body.data as { topology: { version: Record<string, { verdict: string } | null> } }).topology
      expect(version['good']?.verdict).toBe('REACHABLE')
      expect(version['unknown']?.verdict).toBe('UNREACHABLE')
      for (const name of ['lost', 'half', 'when', 'port', 'long', 'page', 'who', 'twice']) expect(version[name]).toBeNull()
      const codes = Object.fromEntries(body.errors.map(({ path, extensions }) => [path?.at(-1), extensions.code]))
      expect(codes).toMatchObject({
        lost: 'SOURCE_NOT_FOUND',
        half: 'SOURCE_INVALID',
        when: 'PARAMETER_INVALID',
        port: 'PARAMETER_INVALID',
        long: 'PARAMETER_INVALID',
        page: 'PARAMETER_INVALID',
        who: 'PARAMETER_INVALID',
        twice: 'PARAMETER_INVALID',
      })
      const lost = body.errors.find(({ path }) => path?.at(-1) === 'lost')
      expect(lost).toMatchObject({
        path: ['topology', 'version', 'lost'],
        extensions: { suggestions: expect.arrayContaining([expect.stringContaining('web')]) as never },
      })
      const port = body.errors.find(({ path }) => path?.at(-1) === 'port')
      expect(port?.extensions).toMatchObject({ errors: [{ pointer: '#/to/port' }] })
    }
  })

  it('a page that is too long is an error', async () => {
    for (const first of [0, -1, 101, 100_000]) {
      const { status, body } = await graphql.ask(`{ topologies(first: ${first}) { nodes { name } } }`)
      expect({ status, code: body.errors[0].extensions.code, data: body.data }).toEqual({
        status: 200,
        code: 'PARAMETER_INVALID',
        data: null,
      })
    }
    expect((await graphql.ask('{ topologies(after: "x") { nodes { name } } }')).body.errors[0].extensions.code).toBe('CURSOR_INVALID')
  })

  it('errors in lists say where with whole numbers', async () => {
    const query =
      '{ topologies { nodes { versions(first: 3) { nodes { reachability(from: { cluster: "west", namespace: "shop", workload: "wob" }, to: { host: "x" }) { verdict } } } } } }'
    for (let round = 0; round < 3; round += 1) {
      const { body } = await graphql.ask(query)
      expect(body.errors.map(({ path }) => path)).toContainEqual(['topologies', 'nodes', 2, 'versions', 'nodes', 1, 'reachability'])
    }
  })

  it('many at once are each answered about their own version', async () => {
    const query =
      'query ($ref: String!, $host: String!) { topology(name: "shop") { version(ref: $ref) { number reachability(from: { cluster: "west", namespace: "shop", workload: "web" }, to: { host: $host }) { verdict reason } } } }'
    const asked = Array.from({ length: 60 }, (_, index) => ({
      ref: String((index % 3) + 1),
      host: ['cart', 'rating', 'zoo'][index % 3 === 0 ? 2 : 0] as string,
    }))
    const answers = await Promise.all(asked.map((variables) => graphql.ask(query, variables)))
    for (const [index, { body }] of answers.entries()) {
      // zoo came with version 3: nobody resolves it in version 1
      expect(body.data).toMatchObject({
        topology: { version: { number: (index % 3) + 1, reachability: { verdict: index % 3 === 0 ? 'UNREACHABLE' : 'REACHABLE' } } },
      })
    }
  })
})

describe('what goes wrong inside', () => {
  it('is told without its details, and logged with them', async () => {
    const broken = await openGraphql(
      (dependencies): Dependencies => ({
        ...dependencies,
        store: { ...dependencies.store, findTopology: async () => Promise.reject(new Error('password of the database is 1234')) },
      }),
    )
    try {
      for (let round = 0; round < 3; round += 1) {
        const { status, body } = await broken.ask('{ topology(name: "shop") { name } topologies { nodes { name } } }')
        expect(status).toBe(200)
        expect(body).toMatchObject({
          data: { topology: null, topologies: { nodes: [{ name: 'alpha' }, { name: 'beta' }, { name: 'shop' }] } },
        })
        expect(body.errors).toEqual([
          expect.objectContaining({
            message: 'internal error',
            path: ['topology'],
            extensions: expect.objectContaining({ code: 'INTERNAL' }) as never,
          }),
        ])
      }
      expect(broken.logged.join('')).toContain('password of the database is 1234')
    } finally {
      await broken.close()
    }
  })

  it('concurrent requests get their own status, whatever the others do', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => graphql.ask(index % 2 === 0 ? '{ topologies { nodes { name } } }' : '{ wrong }')),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map((_, index) => (index % 2 === 0 ? 200 : 400)))
  })
})

describe('what a question says of the request', () => {
  const asking = (to: string): string => inShop(`reachability(${from}, to: { host: "cart", port: 80, ${to} }) { verdict } number`)

  it('may be what the client speaks, and which headers it has and has not', async () => {
    const headers = '[{ name: "x-user", value: "ann" }, { name: "authorization", absent: true }]'
    expect(await data(asking(`protocol: HTTP, method: "GET", path: "/", headers: ${headers}`))).toMatchObject({
      topology: { version: { reachability: { verdict: 'REACHABLE' } } },
    })
  })

  it('contradicts itself where a header is there and is not: null with the error that REST has', async () => {
    const { body } = await graphql.ask(asking('headers: [{ name: "x-user", value: "ann", absent: true }]'))
    expect(body.data).toMatchObject({ topology: { version: { reachability: null, number: 3 } } })
    expect(body.errors).toMatchObject([{ extensions: { code: 'PARAMETER_INVALID', errors: [{ pointer: '#/to/headers/0' }] } }])
  })
})

describe('what proxies are given', () => {
  const one = `proxyConfig(${from}) { answers { controlPlane proxies`

  it('has only what the query reads, maps as lists of entries', async () => {
    const { topology } = await data(inShop(`${one} { proxy routes { key value { key } } names { key } inbound { key value } } } }`))
    expect(topology).toMatchObject({
      version: {
        proxyConfig: {
          answers: [
            {
              controlPlane: 'west',
              proxies: [
                { proxy: expect.stringContaining('west/shop/web'), routes: expect.any(Array), names: null, inbound: expect.any(Array) },
              ],
            },
          ],
        },
      },
    })
  })

  it('is told of all proxies where none is named', async () => {
    const { topology } = await data(inShop('proxyConfig { answers { proxies { proxy } } }'))
    const { answers } = (topology as { version: { proxyConfig: { answers: { proxies: object[] }[] } } }).version.proxyConfig
    expect(answers.flatMap(({ proxies }) => proxies).length).toBeGreaterThan(1)
  })

  it('of a source that does not exist is null with the error that REST has', async () => {
    const { body } = await graphql.ask(inShop(`${one.replace('"web"', '"wen"')} { proxy } } } number`))
    expect(body.data).toMatchObject({ topology: { version: { proxyConfig: null, number: 3 } } })
    expect(body.errors).toMatchObject([{ extensions: { code: 'SOURCE_NOT_FOUND', suggestions: ['web'] } }])
  })
})
