import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { call } from '../cli/call.js'
import { type OpenService, openService } from './open-service.js'

const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))
const labels = { all: 'x' }
const deployment = (at: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: `d${at}`, namespace: 'shop' },
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [] } } },
})
const service = (at: number) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: `s${at}`, namespace: 'shop' },
  spec: { selector: labels, ports: [{ name: 'http', port: 80 }] },
})
const cluster = (name: string, wide: number) => ({ name, resources: [...times(wide, deployment), ...times(wide, service)] })
const topology = (...clusters: readonly object[]) => ({ apiVersion: 'sightline/v1', kind: 'Topology', clusters })

/** Each alone is allowed, and both together are not: 1,100 × 1,100 are 1.21 million, 1,050 × 1,050 are 1.1. */
const [west, east] = [cluster('west', 1_100), cluster('east', 1_050)]
/** 2.25 million by itself. */
const wide = topology(cluster('west', 1_500))
const refused = (alone: number) => [
  422,
  'TOO_COMPLEX',
  `its Services and ServiceEntries have more than 2000000 endpoints, counting each port with each pod or address: \`Service/s0\` in namespace \`shop\` of cluster \`west\` alone has ${alone}`,
]

describe('Services that each select all pods', () => {
  let opened: OpenService
  beforeAll(async () => {
    opened = await openService()
  })
  afterAll(() => opened?.close())
  const send = (method: 'post' | 'put', path: string, body: object) =>
    opened.http[method](`/v1${path}`).type('application/json').send(JSON.stringify(body))

  const answer = async (...asked: Parameters<typeof send>) => {
    const { status, body } = await send(...asked)
    return [status, body.code, body.detail]
  }

  it('are refused beyond a limit that is published, wherever a document comes in, and the Service that selects most is named', async () => {
    expect((await opened.http.get('/v1/limits')).body.document.selected).toBe(2_000_000)
    expect(await answer('post', '/validate', wide)).toEqual(refused(1_500))
    expect(await answer('post', '/topologies/wide/versions', wide)).toEqual(refused(1_500))
    expect(await answer('post', '/validate', topology(west, east))).toEqual(refused(1_100))
    expect((await opened.http.get('/v1/topologies/wide')).status).toBe(404)
  })

  it('are refused where a cluster comes to others that it is too many with, and what is stored next is taken', async () => {
    expect((await send('post', '/topologies/shop/versions', topology(west))).status).toBe(201)
    expect(await answer('put', '/topologies/shop/clusters/east', east)).toEqual(refused(1_100))
    expect((await send('put', '/topologies/shop/clusters/east', cluster('east', 10))).status).toBe(201)
  })

  it('are refused by the command line as well', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wide-'))
    try {
      const file = join(folder, 'topology.json')
      await writeFile(file, JSON.stringify(wide))
      for (const words of [
        ['validate', file],
        ['trace', file, '--from', 'west/shop/d0', '--to', 's0:80'],
      ]) {
        const { code, err } = await call(words)
        expect([code === 0, err]).toEqual([
          false,
          expect.stringContaining('`Service/s0` in namespace `shop` of cluster `west` alone has 1500'),
        ])
      }
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
