import { describe, expect, it } from 'vitest'
import { draftTopology } from '#collector/draft/draft-topology'
import { isPlaceName } from '#collector/draft/is-place-name'

const service = (name: string, port = 80, namespace = 'shop'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { ports: [{ name: http, port: ${port} }] }\n`
const remoteSecret = (cluster: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: istio-remote-secret-${cluster}, namespace: istio-system, labels: { istio/multiCluster: "true" } }\nstringData: { ${cluster}: "" }\n`
const sail = (cluster: string): string =>
  `apiVersion: sailoperator.io/v1\nkind: Istio\nmetadata: { name: default }\nspec: { namespace: istio-system, values: { global: { multiCluster: { clusterName: ${cluster} } } } }\n`

const draft = (files: Readonly<Record<string, string>>, contexts: readonly string[] = []) => {
  const bodies = Object.entries(files).map(([path, text]) => ({ path, body: new TextEncoder().encode(text) }))
  const { clusters, text } = draftTopology(bodies, contexts)
  return { text, clusters: Object.fromEntries(clusters.map(({ name, folders, files: own }) => [name, own ?? folders])) }
}

describe('a folder is a cluster', () => {
  it('beside one that a remote secret names, where it is called after a place too', () => {
    const { clusters, text } = draft({
      'pr/west/ok.yaml': service('ok'),
      'pr/west/rs.yaml': remoteSecret('east'),
      'pr/east/ok.yaml': service('ok', 81),
    })
    expect(clusters).toEqual({ east: ['pr/east'], west: ['pr/west'] })
    expect(text).toContain('- name: west   # a guess: beside `east`, and with a remote secret of it\n')
  })

  it.each([
    ['a context', { 'prod-w/a.yaml': service('a'), 'prod-e/b.yaml': service('b') }, ['prod-e']],
    ['Sail', { 'prod-w/a.yaml': service('a'), 'prod-e/istio.yaml': sail('prod-e') }, []],
    [
      'a remote secret elsewhere',
      { 'prod-w/a.yaml': service('a'), 'prod-e/b.yaml': service('b'), 'mesh/r.yaml': remoteSecret('prod-e') },
      [],
    ],
  ])('beside one that %s names, and says that this is a guess', (_, files, contexts) => {
    const { clusters, text } = draft(files, contexts)
    expect(clusters).toEqual({ 'prod-e': ['prod-e'], 'prod-w': ['prod-w'] })
    expect(text).toContain('- name: prod-w   # a guess: beside `prod-e`, and called alike\n')
  })

  it('beside one that is named, where both hold the same objects, whatever it is called', () => {
    const files = { 'oregon/istio.yaml': sail('oregon'), 'oregon/a.yaml': service('a'), 'frankfurt/a.yaml': service('a', 81) }
    expect(draft(files).clusters).toEqual({ oregon: ['oregon'], frankfurt: ['frankfurt'] })
  })

  it('of which installations in several say that each is another, whatever they are called', () => {
    const files = { 'alpha/i.yaml': sail('west'), 'alpha/a.yaml': service('a'), 'beta/i.yaml': sail('east'), 'beta/b.yaml': service('b') }
    expect(draft(files).clusters).toEqual({ west: ['alpha'], east: ['beta'] })
  })

  it('with all folders of its name', () => {
    const files = {
      'clusters/west/a.yaml': service('a'),
      'clusters/east/a.yaml': service('a', 81),
      'apps/west/b.yaml': service('b'),
      'apps/base/c.yaml': service('c'),
    }
    const { clusters, text } = draft(files)
    expect(clusters).toEqual({ east: ['clusters/east'], west: ['clusters/west', 'apps/west'] })
    expect(text).toContain('    - "clusters/west/**/*.{yaml,yml,json}"\n    - "apps/west/**/*.{yaml,yml,json}"\n')
  })

  it('told apart from one of its name in another environment', () => {
    const files = { 'prod/west/i.yaml': sail('west'), 'stage/west/a.yaml': service('a'), 'prod/east/i.yaml': sail('east') }
    expect(draft(files).clusters).toMatchObject({ 'prod-west': ['prod/west'], 'stage-west': ['stage/west'], east: ['prod/east'] })
  })
})

describe('a folder is a cluster by its name alone', () => {
  it.each([
    ['cluster1', 'cluster2'],
    ['cluster-a', 'cluster-b'],
    ['west-cluster', 'east-cluster'],
  ])('where it and another beside it are called clusters: %s and %s', (one, other) => {
    const files = { [`${one}/a.yaml`]: service('a'), [`${other}/b.yaml`]: service('b'), 'shared/c.yaml': service('c') }
    const { clusters, text } = draft(files)
    expect(clusters).toEqual({ [one]: [one], [other]: [other] })
    expect(text).toContain(`- name: ${one}   # a guess: after its folder, which is called a cluster\n`)
  })

  it.each([
    ['cluster-roles', 'cluster-policies'],
    ['cluster-wide', 'cluster1'],
    ['cluster-v1', 'cluster-v2'],
    ['cluster1-web', 'cluster2-web'],
  ])('and not where it tells things of clusters: %s and %s', (one, other) => {
    expect(draft({ [`${one}/a.yaml`]: service('a'), [`${other}/b.yaml`]: service('b') }).clusters).toEqual({ default: [''] })
  })

  it('beside things of another kind that name what runs them', () => {
    const files = { 'cluster1/a.yaml': service('a'), 'cluster2/b.yaml': service('b'), 'products-gke/c.yaml': service('c') }
    expect(draft(files).clusters).toEqual({ cluster1: ['cluster1'], cluster2: ['cluster2'] })
  })

  it('and never by a placeholder that an installation in it still has', () => {
    const files = { 'west/i.yaml': sail('west'), 'east/i.yaml': sail('east'), 'both/i.yaml': sail('"${CLUSTER}"') }
    expect(draft(files).clusters).toEqual({ west: ['west'], east: ['east'], both: ['both'] })
  })
})

describe('a folder is no cluster', () => {
  const unrelated = { 'frontend/a.yaml': service('a'), 'backend/b.yaml': service('b'), 'east/c.yaml': service('c') }

  it('by a context alone: all is one then, and the file says that it may be', () => {
    const { clusters, text } = draft(unrelated, ['frontend'])
    expect(clusters).toEqual({ default: [''] })
    expect(text).toContain('# the kubeconfig has a context called as the folder frontend is; nothing else says')
  })

  it('by a context where it is a namespace’s', () => {
    const files = { 'prod/a.yaml': service('a', 80, 'prod'), 'dev/b.yaml': service('b', 80, 'dev') }
    expect(draft(files, ['prod']).clusters).toEqual({ default: [''] })
  })

  it.each([
    ['v1.2.0', 'v1.3.0'],
    ['release-1.2', 'release-1.3'],
    ['step-1', 'step-2'],
    ['prod-v1', 'prod-v2'],
    ['1.28', '1.29'],
    ['01-web', '02-web'],
    ['stage1', 'stage2'],
  ])('by what it is called where that is a version or a step: %s and %s', (one, other) => {
    expect(draft({ [`${one}/a.yaml`]: service('a'), [`${other}/a.yaml`]: service('a', 81) }).clusters).toEqual({ default: [''] })
    const among = {
      [`clusters/west/a.yaml`]: service('a'),
      'clusters/east/a.yaml': service('a', 81),
      [`clusters/${one}/a.yaml`]: service('a', 82),
    }
    expect(Object.keys(draft(among).clusters)).toEqual(['east', 'west'])
  })

  it('where it is what all share', () => {
    const files = { 'west/i.yaml': sail('west'), 'east/i.yaml': sail('east'), 'base/a.yaml': service('a') }
    expect(draft(files).clusters).toEqual({ west: ['west'], east: ['east'] })
  })
})

describe('what is beside the only cluster found', () => {
  it('is another where it holds a remote secret of it, and is in neither twice', () => {
    const { clusters, text } = draft(
      { 'east/a.yaml': service('a'), 'shop.yaml': service('a', 81), 'mesh/r.yaml': remoteSecret('east') },
      [],
    )
    expect(clusters).toEqual({ east: ['east'], default: [''] })
    expect(text).toContain(
      '- name: default   # a guess: all that holds a remote secret of `east` is of another cluster, which nothing names\n',
    )
    expect(text).toContain('    exclude:\n    - "east/**/*.{yaml,yml,json}"\n')
  })

  it('is another where files hold it', () => {
    const files = { 'east.yaml': service('a'), 'shop.yaml': `${service('b')}---\n${remoteSecret('east')}`, 'bank.yaml': service('c') }
    expect(draft(files).clusters).toEqual({ east: ['east.yaml'], default: ['shop.yaml', 'bank.yaml'] })
  })
})

describe('a draft', () => {
  it('says that folders are a guess which nothing names, and how a kustomization is rendered instead', () => {
    const kustomization = 'kind: Kustomization\nresources: [../../base]\n'
    const { clusters, text } = draft({
      'overlays/prod/kustomization.yaml': kustomization,
      'overlays/prod/a.yaml': service('a'),
      'overlays/staging/kustomization.yaml': kustomization,
      'overlays/staging/a.yaml': service('a', 81),
      'base/b.yaml': service('b'),
    })
    expect(clusters).toEqual({ prod: ['overlays/prod'], staging: ['overlays/staging'] })
    expect(text).toContain('- name: prod   # a guess: after its folder, which holds what one beside it holds too\n')
    expect(text).toContain('  # - kustomize: "overlays/prod"   # as kubectl or kustomize here renders it')
  })

  it('of what is all one says so of a kustomization above it', () => {
    expect(draft({ 'kustomization.yaml': 'kind: Kustomization\nresources: [a.yaml]\n', 'a.yaml': service('a') }).text).toContain(
      '  # - kustomize: "."',
    )
  })
})

describe('files are clusters', () => {
  it('where something names one, and another is called alike', () => {
    expect(draft({ 'west.yaml': service('a'), 'east.yaml': service('b'), 'web.yaml': service('c') }, ['east']).clusters).toEqual({
      east: ['east.yaml'],
      west: ['west.yaml'],
    })
  })
})

describe('a name of a cluster', () => {
  it.each(['west', 'us-east-1', 'prod-w', 'cluster1', 'cluster-a', 'a', 'c2', 'kind-2', 'prod2', 'eu'])('is %s', (name) => {
    expect(isPlaceName(name)).toBe(true)
  })

  it.each(['v1', 'v1.2.0', 'release-1.2', 'step-1', 'stage-2', 'part2', 'web-1', '1', 'istio-1.20', 'k8s-1.28', 'test-app-v2'])(
    'is not %s',
    (name) => {
      expect(isPlaceName(name)).toBe(false)
    },
  )
})
