import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeKubeconfig } from '../collector/kubeconfig.js'
import { call } from './call.js'

const service = (name: string, namespace = 'shop'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { selector: { app: ${name} }, ports: [{ name: http, port: 80 }] }\n`
const deployment = (name: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: shop }\nspec: { template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: app, image: example/app:1.0 }] } } }\n`
const operator = (cluster: string, network: string): string =>
  `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: { name: istio, namespace: istio-system }\nspec: { values: { global: { meshID: mesh1, network: ${network}, multiCluster: { clusterName: ${cluster} } } } }\n`

/** A directory with these files. */
const directoryOf = (files: Readonly<Record<string, string>>): string => {
  const directory = mkdtempSync(join(tmpdir(), 'init-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
  return directory
}
const noContexts = { environment: { KUBECONFIG: '/nowhere/config' } }
const init = async (files: Readonly<Record<string, string>>, environment: Readonly<Record<string, string>> = noContexts.environment) => {
  const directory = directoryOf(files)
  const called = await call(['init', directory], { environment })
  const file = readdirSync(directory).includes('topology.yaml') ? readFileSync(join(directory, 'topology.yaml'), 'utf8') : ''
  return { ...called, directory, file, clusters: [...file.matchAll(/^- name: (\S+)/gm)].map(([, name]) => name) }
}

describe('init', () => {
  it('takes a directory without a word of clusters for one, and validates at once', async () => {
    const { code, out, err, clusters, directory } = await init({ 'reviews.yaml': service('reviews'), 'README.md': '# shop' })
    expect(code, err).toBe(0)
    expect(clusters).toEqual(['default'])
    expect(out).toMatch(/^(PASS|WARN)/)
    expect(readdirSync(directory).sort()).toEqual(['README.md', 'reviews.yaml', 'topology.yaml'])
    expect((await call(['validate', directory])).code).toBe(0)
  })

  it('finds a folder for each cluster in `clusters`, called as its installation calls it', async () => {
    const { clusters, file, directory } = await init({
      'clusters/a/istio.yaml': operator('west', 'network1'),
      'clusters/a/shop.yaml': `${service('reviews')}---\n${deployment('web')}`,
      'clusters/b/istio.yaml': operator('east', 'network2'),
      'clusters/b/shop.yaml': service('reviews'),
    })
    expect(clusters).toEqual(['west', 'east'])
    expect(file).toContain('# network: network1   # as clusters/a/istio.yaml says')
    const { out } = await call(['trace', directory, '--from', 'west/shop/web', '--to', 'reviews.shop', '--format', 'json'])
    expect(out).toContain('clusters/a/shop.yaml')
  })

  it('finds folders side by side that hold the same object, which one cluster could not', async () => {
    const { clusters } = await init({ 'deploy/one/a.yaml': service('reviews'), 'deploy/two/a.yaml': service('reviews') })
    expect(clusters).toEqual(['one', 'two'])
  })

  it('finds folders called as a context calls a cluster, and takes what is in none for all', async () => {
    const kubeconfig = writeKubeconfig({ 'admin@blue': { server: 'https://10.0.0.1' } })
    const { clusters, file } = await init(
      { 'blue/a.yaml': service('reviews'), 'base/b.yaml': service('ratings') },
      { KUBECONFIG: kubeconfig },
    )
    expect(clusters).toEqual(['blue'])
    expect(file).toContain('"base/**/*.{yaml,yml,json}"')
  })

  it('states what only Helm values say, and names clusters of which nothing is there', async () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: { name: r, namespace: istio-system, labels: { istio/multiCluster: "true" } }\ndata: { east: "" }\n'
    const { clusters, file } = await init({
      'west/values.yaml': 'global: { meshID: mesh1, network: network1, multiCluster: { clusterName: west } }\n',
      'west/shop.yaml': `${service('reviews')}---\n${secret}`,
    })
    expect(clusters).toEqual(['west'])
    expect(file).toMatch(/^ {2}network: network1 {3}# west\/values.yaml$/m)
    expect(file).toMatch(/^ {2}mesh: mesh1 /m)
    expect(file).toContain('# - name: east   # remote secrets or meshNetworks name this cluster')
  })
})

describe('init tells clusters apart by file', () => {
  const replicas = (name: string, count: number): string =>
    deployment(name).replace('spec: { template', `spec: { replicas: ${count}, template`)

  it('where files side by side hold the same objects differently, and what is in none is for each', async () => {
    const { clusters, file, directory } = await init({
      'west.yaml': `${service('reviews')}---\n${replicas('web', 1)}`,
      'east.yaml': `${service('reviews')}---\n${replicas('web', 2)}`,
      'common.yaml': service('ratings'),
    })
    expect(clusters).toEqual(['east', 'west'])
    expect(file).toContain('  - include: "*.{yaml,yml,json}"\n    exclude:\n    - "east.yaml"\n    - "west.yaml"\n')
    const { out } = await call(['trace', directory, '--from', 'west/shop/web', '--to', 'ratings.shop', '--format', 'json'])
    expect(out).toContain('common.yaml')
  })

  it.each([
    ['called after what they are made with', { 'kustomize.yaml': replicas('web', 1), 'release.yaml': replicas('web', 2) }],
    ['folders called after what they show', { 'guestbook/a.yaml': replicas('web', 1), 'hooks/a.yaml': replicas('web', 2) }],
    ['variants of one thing', { 'web.yaml': replicas('web', 1), 'web-v2.yaml': replicas('web', 2) }],
    ['the same objects twice', { 'a.yaml': deployment('web'), 'b.yaml': deployment('web') }],
    ['other objects', { 'a.yaml': deployment('web'), 'b.yaml': service('web') }],
  ])('not where they are %s', async (_, files) => {
    expect((await init(files)).clusters).toEqual(['default'])
  })

  it('and leaves out what a shared file holds differently, so that the document is taken at once', async () => {
    const { file, err, directory } = await init({
      'clusters/west/web.yaml': replicas('web', 1),
      'clusters/east/web.yaml': replicas('web', 2),
      'base/web.yaml': `${replicas('web', 3)}---\n${service('reviews', 'default')}`,
      'base/reviews.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: reviews }\nspec: { ports: [{ port: 1 }] }\n',
      'other/web.yaml': replicas('web', 4),
    })
    expect(file).toContain(
      '    exclude:\n    # each holds an object that another file here holds differently: choose one of both\n    - "base/web.yaml"\n',
    )
    expect(file).toContain(
      '  # - include: "other/**/*.{yaml,yml,json}"   # each holds an object that another file here holds differently\n',
    )
    expect(err).toContain('left out 2 files, `base/web.yaml` and others, of which another file of the cluster holds an object differently')
    expect((await call(['validate', directory])).out).not.toBe('')
  })

  it('shares the outermost folders that hold nothing of a cluster, and of others what stands in them alone', async () => {
    const { file } = await init({
      'deploy/clusters/west/web.yaml': replicas('web', 1),
      'deploy/mesh.yaml': service('mesh'),
      'deploy/base/reviews.yaml': service('reviews'),
      'apps/a/a.yaml': service('a'),
      'apps/b/more/b.yaml': service('b'),
    })
    const included = [...file.matchAll(/- include: "(.*)"/g)].map(([, pattern]) => pattern?.replace('{yaml,yml,json}', 'yaml'))
    expect(included.toSorted()).toEqual(['apps/**/*.yaml', 'deploy/*.yaml', 'deploy/base/**/*.yaml', 'deploy/clusters/west/**/*.yaml'])
  })

  it('tells which of several unrelated samples it left out of the one cluster that it takes them for', async () => {
    const { clusters, err } = await init({
      'canary/web.yaml': replicas('web', 1),
      'mirroring/web.yaml': replicas('web', 2),
      'mirroring/other.yaml': service('other'),
    })
    expect(clusters).toEqual(['default'])
    expect(err).toContain('left out 1 file, `mirroring/web.yaml`, of which another file')
    expect(err).toContain('give each cluster a folder of its own\n')
    expect((await init({ 'canary/web.yaml': replicas('web', 1) })).err).not.toContain('left out')
  })

  it('where they say which cluster they are from, or are called as a context', async () => {
    const labelled = (cluster: string) =>
      `apiVersion: v1\nkind: Namespace\nmetadata: { name: istio-system, labels: { topology.istio.io/cluster: ${cluster} } }\n`
    expect((await init({ 'one.yaml': labelled('west'), 'two.yaml': labelled('east') })).clusters).toEqual(['west', 'east'])
    expect((await init({ 'one.yaml': operator('west', 'n1'), 'two.yaml': operator('east', 'n2') })).clusters).toEqual(['west', 'east'])
    const kubeconfig = writeKubeconfig({ blue: { server: 'https://10.0.0.1' }, green: { server: 'https://10.0.0.2' } })
    const files = { 'blue.yaml': deployment('web'), 'green.yaml': service('reviews'), 'other.yaml': service('ratings') }
    expect((await init(files, { KUBECONFIG: kubeconfig })).clusters).toEqual(['blue', 'green'])
  })

  it('and states networks by meshNetworks of values, with the gateways that these state', async () => {
    const meshNetworks = `global:
  meshNetworks:
    network1: { endpoints: [{ fromRegistry: west }], gateways: [{ address: 34.0.0.1, port: 15443 }] }
    network2: { endpoints: [{ fromRegistry: east }], gateways: [{ registryServiceName: istio-eastwestgateway.istio-system.svc.cluster.local, port: 15443 }] }
`
    const { clusters, file, err } = await init({
      'west.yaml': deployment('web'),
      'east.yaml': service('reviews'),
      'istiod-values.yaml': meshNetworks,
    })
    expect(clusters.slice(0, 2), err).toEqual(['east', 'west'])
    expect(file).toMatch(/^ {2}network: network1 {3}# by meshNetworks of istiod-values.yaml$/m)
    expect(file).toMatch(/^- name: network2 {3}# istiod-values.yaml$/m)
    expect(file).toMatch(/^- \{ cluster: west, network: network1, addresses: \["34.0.0.1"\], port: 15443 \}/m)
  })
})

describe('init writes nothing', () => {
  it.each(['topology.yaml', 'topology.json'])('over a %s', async (name) => {
    const { code, err, directory } = await init({ [name]: '{}', 'a.yaml': service('reviews') })
    expect(code).toBe(2)
    expect(err).toContain(`${name}\` already`)
    expect(readFileSync(join(directory, name), 'utf8')).toBe('{}')
  })

  it('where there are no objects, and points to live clusters', async () => {
    const { code, err, file } = await init({ 'values.yaml': 'replicas: 3\n' })
    expect({ code, file }).toEqual({ code: 2, file: '' })
    expect(err).toContain('`sightline collect` reads them from live clusters')
  })

  it('where there is no directory', async () => {
    const { code, err } = await call(['init', '/nowhere/at/all'], noContexts)
    expect(code).toBe(2)
    expect(err).toContain('there is no directory `/nowhere/at/all`')
  })
})
