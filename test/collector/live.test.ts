import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as yaml from 'js-yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectedKinds } from '#collector/collected-kinds'
import { call } from '../cli/call.js'
import { meshCluster, secretWords } from './clusters.js'
import { writeKubeconfig } from './kubeconfig.js'
import { adminToken, type LiveApiServer, readerToken, startLiveApiServer, whyNoApiServer } from './live-api-server.js'
import type { Manifest } from './stand-in.js'

const missing = whyNoApiServer()
if (missing !== undefined && process.env['REQUIRE_API_SERVER'] !== undefined) throw new Error(missing)
if (missing !== undefined) console.log(`LEFT OUT: tests against a real kube-apiserver, because ${missing}`)

const roles: Readonly<Record<string, string>> = {
  ClusterRole: 'clusterroles',
  ClusterRoleBinding: 'clusterrolebindings',
  Role: 'roles',
  RoleBinding: 'rolebindings',
}

/** Creates an object, and writes its status where it has one. */
async function create(server: LiveApiServer, object: Manifest): Promise<void> {
  const { apiVersion, kind, metadata, status } = object as {
    apiVersion: string
    kind: string
    metadata: { name: string; namespace?: string }
    status?: unknown
  }
  const resource = roles[kind] ?? collectedKinds().find((one) => one.kind === kind)?.resource ?? ''
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  const path = `${root}${metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`}/${resource}`
  const { managedFields: _managed, ...own } = metadata as Manifest
  await server.send('POST', path, { ...object, metadata: own }).catch((error: Error) => {
    if (!error.message.includes('AlreadyExists')) throw error
  })
  if (status !== undefined) await server.send('PATCH', `${path}/${metadata.name}/status`, { status })
}

describe.skipIf(missing !== undefined)('a real kube-apiserver', () => {
  let server: LiveApiServer
  let config: string
  const collect = (context: string, directory: string) =>
    call(['collect', '--kubeconfig', config, '--context', context, '--out', directory])
  const folder = mkdtempSync(join(tmpdir(), 'collect-live-'))

  beforeAll(async () => {
    server = await startLiveApiServer()
    config = writeKubeconfig({
      admin: { server: server.url, ca: server.ca, token: adminToken },
      reader: { server: server.url, ca: server.ca, token: readerToken },
      stranger: { server: server.url, ca: server.ca, token: 'expired' },
    })
    for (const object of meshCluster('west', { name: 'east', server: 'https://10.0.0.2:6443' })) await create(server, object)
  }, 180_000)
  afterAll(() => server?.stop())

  it('is collected, and answers', async () => {
    const directory = join(folder, 'mesh')
    const { code, err } = await collect('admin', directory)
    expect(code, err).toBe(0)
    const text = ['topology', 'clusters/west/shop', 'clusters/west/istio-system']
      .map((file) => readFileSync(join(directory, `${file}.yaml`), 'utf8'))
      .join('')
    for (const word of [...secretWords, 'managedFields']) expect(text).not.toContain(word)
    const traced = await call(['trace', directory, '--from', 'west/shop/web-1', '--to', 'cart.shop'])
    expect(traced.out, traced.err).toContain('REACHABLE')
  })

  it('lets nobody in whom it does not know (4), nor one who may read nothing', async () => {
    const stranger = await collect('stranger', join(folder, 'stranger'))
    expect(stranger.code, stranger.err).toBe(4)
    expect(stranger.err).toContain('a token has expired or is not valid')
    const reader = await collect('reader', join(folder, 'nothing'))
    expect(reader.code, reader.err).toBe(4)
    expect(reader.err).toContain('may read nothing')
  })

  it('lets those read everything that matters who have the roles that are printed', async () => {
    const { out } = await call(['collect', '--rbac'])
    for (const object of yaml.loadAll(out)) await create(server, object as Manifest)
    const directory = join(folder, 'read')
    const { code, err } = await collect('reader', directory)
    expect(code, err).toBe(0)
    expect(err).not.toContain('could not be read')
    expect(readFileSync(join(directory, 'topology.yaml'), 'utf8')).not.toContain('unread')
  })
})
