import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { meshCluster, secretWords } from '../collector/clusters.js'
import { writeKubeconfig } from '../collector/kubeconfig.js'
import { type Manifest, status } from '../collector/stand-in.js'
import { type OpenService, openService } from '../rest/open-service.js'
import { call, type Called } from './call.js'
import { closeAll, collectedOf, forbidden, start, turned } from './collecting.js'

const folder = mkdtempSync(join(tmpdir(), 'collect-'))
let kubeconfig: string

beforeAll(async () => {
  const east = await start({ objects: meshCluster('east', undefined) })
  const west = await start({ objects: meshCluster('west', { name: 'east', server: east.url }) })
  kubeconfig = writeKubeconfig({ 'admin@one': { server: west.url }, 'arn:aws:eks:x:1:cluster/two': { server: east.url } })
})
afterAll(async () => {
  await closeAll()
})

const collect = (...words: readonly string[]): Promise<Called> => call(['collect', '--kubeconfig', kubeconfig, ...words])
const both = ['--context', 'admin@one', '--context', 'arn:aws:eks:x:1:cluster/two']
const filesIn = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort()
const textOf = (directory: string): string =>
  filesIn(directory)
    .map((file) => readFileSync(join(directory, file), 'utf8'))
    .join('\n')

describe('collect', () => {
  it('reads two clusters into a directory that answers at once, called as their Istio calls them', async () => {
    const directory = join(folder, 'mesh')
    const { code, err } = await collect(...both, '--out', directory)
    expect(code, err).toBe(0)
    expect(err).toContain('context `admin@one` is cluster `west`, as its Istio calls it')
    const each = ['_cluster', 'istio-system', 'kube-system', 'shop']
    expect(filesIn(directory)).toEqual([
      ...['east', 'west'].flatMap((name) => each.map((place) => `clusters/${name}/${place}.yaml`)),
      'topology.yaml',
    ])
    const traced = await call(['trace', directory, '--from', 'west/shop/web-1', '--to', 'cart.shop'])
    expect(traced.out, traced.err).toContain('REACHABLE')
    expect((await call(['validate', directory])).code).toBe(0)
  })

  it('writes no secret, no managedFields, and no Secret or ConfigMap that it has no use for', async () => {
    const directory = join(folder, 'clean')
    await collect(...both, '--out', directory)
    const text = textOf(directory)
    for (const word of [...secretWords, 'managedFields', 'sh.helm.release', 'kubeadm-config', 'settings', 'database'])
      expect(text).not.toContain(word)
    expect(text).toContain('istio-remote-secret-east')
    expect(text).toContain('remoteClusters')
    expect(text).toContain('kind: ServiceAccount')
  })

  it('knows which service accounts there are, and so which one there is not', async () => {
    const group: Manifest = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'WorkloadGroup',
      metadata: { name: 'tills', namespace: 'shop' },
      spec: { template: { serviceAccount: 'tils' } },
    }
    const { directory } = await collectedOf([...meshCluster('west', undefined), group], () => undefined)
    const { out, err } = await call(['validate', directory])
    expect(out, err).toContain('PRT106')
  })

  it('never asks for Secrets outside of Istio’s namespace, nor for anything but lists', async () => {
    const { asked } = await turned(() => undefined)
    expect(
      asked.filter((path) => path.includes('/secrets')).every((path) => path.startsWith('/api/v1/namespaces/istio-system/secrets?')),
    ).toBe(true)
    expect(asked.some((path) => path.includes('/configmaps') && path.includes('/shop/'))).toBe(false)
  })

  it('says of a cluster whose istiod has no remote secret that it reads no other, and of others nothing', async () => {
    const directory = join(folder, 'remotes')
    await collect(...both, '--out', directory)
    const header = readFileSync(join(directory, 'topology.yaml'), 'utf8')
    expect(header.match(/remoteSecrets: \[\]/g)).toHaveLength(1)
    expect(header.slice(header.indexOf('name: east'))).toContain('remoteSecrets: []')
  })

  it('writes one document to standard output, and takes the current context unless stated', async () => {
    const { code, out } = await collect('--out', '-')
    expect(code).toBe(0)
    expect(out).toContain('- name: west')
    expect(out).not.toContain('- name: east')
  })

  it('calls a cluster as stated, and refuses two of one name', async () => {
    expect((await collect('--context', 'admin@one=blue', '--out', '-')).out).toContain('- name: blue')
    const twice = await collect('--context', 'admin@one=blue', '--context', 'arn:aws:eks:x:1:cluster/two=blue', '--out', '-')
    expect(twice).toMatchObject({ code: 2, out: '' })
    expect(twice.err).toContain('are both cluster `blue`')
  })

  it('reads only the namespaces that are wanted, and Istio’s', async () => {
    const { code, asked, directory } = await turned(() => undefined, '--namespace', 'shop')
    const header = readFileSync(join(directory, 'topology.yaml'), 'utf8')
    expect(header).toMatch(
      /kind: Pod\n\s+exceptNamespaces:\n\s+- shop\n\s+- istio-system\n\s+reason: outside of the namespaces that were asked for/,
    )
    expect(code).toBe(0)
    const pods = asked.filter((path) => path.includes('/pods'))
    expect(pods.map((path) => path.split('?')[0])).toEqual(['/api/v1/namespaces/shop/pods', '/api/v1/namespaces/istio-system/pods'])
  })
})

describe('collect, of what it may not read,', () => {
  it('names the kind and marks it in the document, and what it could decide is open', async () => {
    const { code, err, directory } = await turned((path) => (path.endsWith('/authorizationpolicies') ? forbidden : undefined))
    expect(code).toBe(0)
    expect(err).toContain('west: AuthorizationPolicy: could not be read: forbidden')
    const header = readFileSync(join(directory, 'topology.yaml'), 'utf8')
    expect(header).toContain('kind: AuthorizationPolicy')
    const { code: exit, out } = await call(['trace', directory, '--from', 'west/shop/web-1', '--to', 'cart.shop'])
    expect(exit).toBe(1)
    expect(out).toContain('UNDETERMINED')
    expect(out).toContain('AuthorizationPolicy')
  })

  it('tries namespace by namespace where all at once is forbidden', async () => {
    const { directory, code } = await turned((path) =>
      path === '/api/v1/services' || path === '/api/v1/namespaces/kube-system/services' ? forbidden : undefined,
    )
    expect(code).toBe(0)
    const header = readFileSync(join(directory, 'topology.yaml'), 'utf8')
    expect(header).toMatch(/kind: Service\n\s+namespace: kube-system\n\s+reason: forbidden/)
    expect(header.match(/kind: Service\n/g)).toHaveLength(1)
    expect(readFileSync(join(directory, 'clusters/west/shop.yaml'), 'utf8')).toContain('kind: Service\n')
  })

  it('names a kind once that may be read in no namespace', async () => {
    const { directory } = await turned((path) => (path.endsWith('/services') ? forbidden : undefined))
    const header = readFileSync(join(directory, 'topology.yaml'), 'utf8')
    expect(header).toMatch(/kind: Service\n\s+reason: forbidden/)
    expect(header.match(/kind: Service\n/g)).toHaveLength(1)
  })

  it('tells a kind that is not installed from one that is forbidden', async () => {
    const standIn = await start({ objects: meshCluster('west', undefined), absent: ['cilium.io', 'maistra.io'] })
    const { out, code } = await call(['collect', '--kubeconfig', writeKubeconfig({ west: { server: standIn.url } }), '--out', '-'])
    expect(code).toBe(0)
    expect(out).not.toContain('unread')
  })

  it('leaves Secrets that are forbidden open, and states no remote secrets then', async () => {
    const { directory } = await turned((path) => (path.includes('/secrets') ? forbidden : undefined))
    const header = readFileSync(join(directory, 'topology.yaml'), 'utf8')
    expect(header).toMatch(/kind: Secret\n\s+namespace: istio-system/)
    expect(header).not.toContain('remoteSecrets')
  })
})

describe('collect writes', () => {
  it('a cluster in which there is nothing as an empty one, says so, and what it writes is taken', async () => {
    const { code, err, directory } = await collectedOf([], () => undefined)
    expect({ code, said: err.includes('west: nothing was found: the cluster is written as an empty one\n') }).toEqual({
      code: 0,
      said: true,
    })
    expect(readFileSync(join(directory, 'topology.yaml'), 'utf8')).toContain('  resources: []\n')
    const validated = await call(['validate', directory])
    expect(validated.code, validated.err).toBe(0)
    expect(
      (await call(['collect', '--kubeconfig', writeKubeconfig({ west: { server: (await start({ objects: [] })).url } }), '--out', '-']))
        .out,
    ).toContain('resources: []')
  })

  it('namespaces that are there, and names those that are not', async () => {
    const { code, err } = await turned(() => undefined, '--namespace', 'shpo')
    expect({ code, said: err.includes('west: there is no namespace `shpo`\n') }).toEqual({ code: 0, said: true })
  })

  it('no kind as not installed where the groups could not be had', async () => {
    const { directory, code } = await turned((path) => (path === '/apis' ? { status: 503, body: status(503, 'starting') } : undefined))
    expect(code).toBe(0)
    expect(readFileSync(join(directory, 'topology.yaml'), 'utf8')).toMatch(/kind: AuthorizationPolicy\n\s+reason: 503 starting/)
  })

  it('over nothing: not over other files at all, over an earlier collection only with --force', async () => {
    const directory = join(folder, 'again')
    expect((await collect('--out', directory)).code).toBe(0)
    const refused = await collect('--out', directory)
    expect(refused.code).toBe(2)
    expect(refused.err).toContain('holds an earlier collection: `--force` replaces it')
    expect((await collect('--out', directory, '--force')).code).toBe(0)
    writeFileSync(join(directory, 'notes.md'), 'mine')
    const others = await collect('--out', directory, '--force')
    expect(others.code).toBe(2)
    expect(others.err).toContain('holds other files')
    expect(readFileSync(join(directory, 'notes.md'), 'utf8')).toBe('mine')
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('roles that let it list, and Secrets in Istio’s namespace alone', async () => {
    const { out, code } = await call(['collect', '--rbac'])
    expect(code).toBe(0)
    expect(out).not.toMatch(/get|watch|create|update|delete|'\*'/)
    expect(out.split('---\n').find((part) => part.includes('kind: ClusterRole\n'))).toContain('- serviceaccounts')
    const secrets = out.split('---\n').filter((part) => part.includes('- secrets'))
    expect(secrets).toHaveLength(1)
    expect(secrets[0]).toContain('namespace: istio-system')
  })

  it('a version on a server, whose answers name objects by what they are and no line of a document that nobody has', async () => {
    const service: OpenService = await openService()
    const policy = {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: 'closed', namespace: 'nowhere' },
      spec: {},
    }
    const other = await start({ objects: [...meshCluster('north', undefined), policy] })
    const file = writeKubeconfig({ north: { server: other.url } })
    try {
      const pushed = await collect(...both, '--push', 'live', '--server', service.url)
      expect(pushed.out, pushed.err).toMatch(/^APPENDED {2}live@1 /)
      const { out } = await call(['trace', 'live', '--server', service.url, '--from', 'west/shop/web-1', '--to', 'cart.shop'])
      expect(out).toContain('REACHABLE')
      expect(out).toContain('Service west/shop/cart\n')
      const appended = await call(['collect', '--kubeconfig', file, '--push', 'live', '--server', service.url])
      const validated = await call(['validate', 'live', '--server', service.url])
      expect(validated.out).toContain('AuthorizationPolicy north/nowhere/closed')
      for (const said of [out, pushed.out, appended.out, validated.out]) expect(said).not.toMatch(/\bline\b|:\d+\)/)
      const json = await call(['validate', 'live', '--server', service.url, '--format', 'json'])
      expect(json.out).not.toMatch(/"line": ?\d/)
    } finally {
      await service.close()
    }
  })
})
