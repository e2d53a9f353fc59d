import { by } from './by.js'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '#store/open-store'
import type { Store } from '#store/store'
import { findFreePort } from '../house/service-process.js'
import { newVersion } from './new-version.js'
import { startPostgres } from './postgres-server.js'
import { startProxy, type TcpProxy } from './tcp-proxy.js'

const server = await startPostgres()
const unavailable = { code: 'STORE_UNAVAILABLE' }

afterAll(() => server?.stop())

describe.skipIf(!server)('a Postgres server that goes away', () => {
  let proxy: TcpProxy
  let store: Store
  beforeAll(async () => {
    proxy = await startProxy((await server?.database()) ?? '')
    store = await openStore({ url: proxy.url })
    await store.append(newVersion('shop', 'a'), by)
  }, 60_000)
  afterEach(() => proxy.set('OPEN'))
  afterAll(async () => {
    await store.close()
    proxy.close()
  })

  it('is said to be unavailable by every method, and used again as soon as it is back', async () => {
    proxy.set('CUT')
    const page = { first: 1, after: undefined }
    const calls: readonly (() => Promise<unknown>)[] = [
      () => store.ping(),
      () => store.findTopology('shop'),
      () => store.listTopologies(page, ['*']),
      () => store.findVersion('shop', 'latest'),
      () => store.listVersions('shop', page),
      () => store.putTopology('shop', {}, by),
      () => store.deleteTopology('shop', by),
      () => store.append(newVersion('shop', 'b'), by),
      () => store.putTag('shop', 'production', 1, by),
      () => store.knownContents(['sha256:x']),
      () => store.readContents(['sha256:x']),
    ]
    for (const call of calls) await expect(call(), String(call)).rejects.toMatchObject(unavailable)
    proxy.set('OPEN')
    await store.ping()
    expect((await store.findVersion('shop', 'latest'))?.number).toBe(1)
  })

  it('does not keep a caller waiting for more than ten seconds', async () => {
    proxy.set('STALL')
    const begun = Date.now()
    await expect(Promise.all([store.ping(), store.findVersion('shop', 'latest')])).rejects.toMatchObject(unavailable)
    expect(Date.now() - begun).toBeLessThan(11_000)
    proxy.set('CUT')
    proxy.set('OPEN')
    await store.ping()
  })

  it('is asked what became of an append whose answer was lost, when the append has a key', async () => {
    for (let round = 0; round < 10; round++) {
      const request = newVersion('keyed', `k${round}`, { expectedVersion: round, idempotency: { key: `${round}`, fingerprint: 'same' } })
      proxy.set('CUT_AT_COMMIT')
      expect(await store.append(request, by)).toMatchObject({ unchanged: false, version: { number: round + 1 } })
    }
    expect((await store.findTopology('keyed'))?.head).toBe(10)
  })

  it('leaves the outcome open when the append has none: it is never reported as stored, and never stored twice', async () => {
    proxy.set('CUT_AT_COMMIT')
    const request = newVersion('open', 'a', { expectedVersion: 0 })
    await expect(store.append(request, by)).rejects.toMatchObject({
      ...unavailable,
      message: expect.stringContaining('read the newest version'),
    })
    const appended = await store.append(request, by)
    expect(appended).toEqual({ result: 'CONFLICT', head: 1 })
  })
})

describe.skipIf(!server)('a server that refuses', () => {
  it('is unusable, and says why', async () => {
    const own = new URL((await server?.database()) ?? '')
    own.pathname = '/no_such_database'
    await expect(openStore({ url: own.href })).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
      message: expect.stringContaining('no_such_database'),
    })
  })
})

describe('a server that is not there', () => {
  it('is unavailable from the start', async () => {
    const port = await findFreePort()
    await expect(openStore({ url: `postgresql://nobody@127.0.0.1:${port}/none` })).rejects.toMatchObject(unavailable)
  })
})
