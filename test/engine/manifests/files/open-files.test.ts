import { describe, expect, it } from 'vitest'
import { openFiles } from '#engine/manifests/files/open-files'

const file = (path: string, text: string, named = false) => ({ path, body: new TextEncoder().encode(text), ...(named ? { named } : {}) })

const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\n'

/** What one file among others turns out to be. */
const opened = (path: string, text: string, ...others: readonly (readonly [string, string])[]) => {
  const asked = file(path, text)
  return openFiles([asked, ...others.map(([name, body]) => file(name, body))])(asked)
}

describe('a file of a repository that is no Kubernetes object is left out, with the reason', () => {
  it.each([
    ['base/kustomization.yaml', 'resources: [a.yaml]\n', 'KUSTOMIZATION'],
    ['base/Kustomization', 'resources: [a.yaml]\n', 'KUSTOMIZATION'],
    ['base/part.yaml', 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n', 'KUSTOMIZATION'],
    ['charts/shop/Chart.yaml', 'apiVersion: v2\nname: shop\nversion: 1.0.0\n', 'CHART'],
    ['shop.yaml', 'apiVersion: v2\nname: shop\nversion: 1.0.0\n', 'CHART'],
    ['charts/shop/values.yaml', 'replicas: 2\n', 'HELM_VALUES'],
    ['charts/shop/values-prod.yml', 'kind: big\nmetadata: none\n', 'HELM_VALUES'],
    ['charts/shop/ci/prod-values.yaml', 'replicas: 2\n', 'HELM_VALUES'],
    ['charts/shop/values.schema.json', '{}', 'HELM_VALUES'],
    ['docker-compose.yml', 'services:\n  web: { image: web }\n', 'COMPOSE'],
    ['stack.yml', 'services:\n  web: { labels: [kind, metadata] }\n', 'COMPOSE'],
    ['.github/workflows/build.yaml', 'on: push\njobs: {}\n', 'CI'],
    ['.gitlab-ci.yml', 'test:\n  script: [make]\n', 'CI'],
    ['README.md', '```yaml\napiVersion: v1\nkind: Service\n```\n', 'OTHER_FORMAT'],
    ['notes.txt', service, 'OTHER_FORMAT'],
    ['empty.yaml', '# nothing\n---\n', 'EMPTY'],
    ['apiVersion.yaml', '# apiVersion: v1\n', 'EMPTY'],
    ['package.json', '{"name":"shop"}', 'NO_OBJECTS'],
    ['dashboard.json', '{"kind":"x","annotations":{"metadata":1}}', 'NO_OBJECTS'],
    ['settings.json', '{ "apiVersion": [ }', 'NOT_READABLE'],
    ['skaffold.yaml', 'apiVersion: skaffold/v4beta6\nkind: Config\nmetadata: { name: shop }\n', 'TOOL_CONFIGURATION'],
    ['kind.yaml', 'apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\n', 'TOOL_CONFIGURATION'],
    ['west.yaml', 'apiVersion: v1\nkind: Config\nclusters: []\n', 'TOOL_CONFIGURATION'],
    [
      'resources/profiles/ambient.yaml',
      'apiVersion: sailoperator.io/v1\nkind: Istio\nspec: { values: { profile: ambient } }\n',
      'TOOL_CONFIGURATION',
    ],
    ['cni.yaml', 'apiVersion: sailoperator.io/v1alpha1\nkind: IstioCNI\nspec:\n  values: { cni: {} }\n', 'TOOL_CONFIGURATION'],
    ['ztunnel.yaml', 'apiVersion: sailoperator.io/v1alpha1\nkind: ZTunnel\nspec: {}\n', 'TOOL_CONFIGURATION'],
    ['.fluxschema.yml', 'apiVersion: schema.plugin.fluxcd.io/v1beta1\nkind: Config\nvalidate: { verbose: true }\n', 'TOOL_CONFIGURATION'],
    ['kuttl-test.yaml', 'apiVersion: kuttl.dev/v1beta1\nkind: TestSuite\ntimeout: 120\n', 'TOOL_CONFIGURATION'],
    [
      'two.yaml',
      'apiVersion: kuttl.dev/v1beta1\nkind: TestStep\n---\napiVersion: kuttl.dev/v1beta1\nkind: TestAssert\n',
      'TOOL_CONFIGURATION',
    ],
    ['kubelet.yaml', 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n', 'TOOL_CONFIGURATION'],
    ['shop/topology.yaml', 'apiVersion: sightline/v1\nkind: Topology\nclusters: []\n', 'TOPOLOGY'],
    ['web.yaml', '{{- if .Values.web }}\napiVersion: v1\nkind: Service\n{{- end }}\n', 'TEMPLATE'],
    ['web.yaml', 'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ name }}\n', 'TEMPLATE'],
  ])('%s: %s', (path, text, reason) => expect(opened(path, text)).toEqual({ leftOut: reason }))

  it('and so are the templates of a chart, whatever is in them', () => {
    const chart = ['charts/shop/Chart.yaml', 'apiVersion: v2\nname: shop\nversion: 1.0.0\n'] as const
    expect(opened('charts/shop/templates/service.yaml', service, chart)).toEqual({ leftOut: 'HELM_TEMPLATE' })
    expect(opened('charts/shop/templates/NOTES.txt', 'hello', chart)).toEqual({ leftOut: 'HELM_TEMPLATE' })
    expect(opened('charts/shop/crds/crd.yaml', service, chart)).toHaveProperty('documents')
    expect(opened('other/templates/service.yaml', service, chart)).toHaveProperty('documents')
  })

  it('and so are the patches of a kustomization, which look like objects and are parts of some', () => {
    const kustomization = [
      'overlays/prod/kustomization.yaml',
      'resources: [../../base, extra.yaml]\npatches:\n  - path: more.yaml\n  - patch: |-\n      - op: remove\npatchesStrategicMerge: [./deep/../less.yaml, ../shared.yaml]\n',
    ] as const
    for (const path of ['overlays/prod/more.yaml', 'overlays/prod/less.yaml', 'overlays/shared.yaml'])
      expect(opened(path, service, kustomization), path).toEqual({ leftOut: 'KUSTOMIZE_PATCH' })
    expect(opened('overlays/prod/extra.yaml', service, kustomization)).toHaveProperty('documents')
  })
})

describe('a file with objects is taken whatever it is called', () => {
  it.each([
    ['values.yaml', service],
    ['compose.yaml', service],
    ['list.json', '{"apiVersion":"v1","kind":"List","items":[]}'],
    ['flux.yaml', 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: shop }\n'],
    ['rules.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { rule: "{{ $labels.pod }} is gone" }\n'],
    ['mixed.yaml', `${service}---\n# nothing\n`],
  ])('%s', (path, text) => expect(opened(path, text)).toHaveProperty('documents'))

  it('also one that ends otherwise, when it was asked for by its name', () => {
    const asked = file('objects.txt', service, true)
    expect(openFiles([asked])(asked)).toHaveProperty('documents')
  })
})

describe('an object that misses its name is no setting of a tool', () => {
  it.each([
    'apiVersion: v1\nkind: Pod\nspec: {}\n',
    'apiVersion: networking.istio.io/v1\nkind: VirtualService\nspec: {}\n',
    'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec: {}\n',
    'apiVersion: sailoperator.io/v1\nkind: Istio\nspec: { namespace: istio-system, version: v1.30.2 }\n',
    'apiVersion: sailoperator.io/v1\nkind: Istio\nmetadata: {}\nspec: {}\n',
    'apiVersion: example.io/v1\nkind: Shop\nmetadata: { labels: {} }\n',
  ])('%s', (text) => expect(opened('a.yaml', text)).toHaveProperty('documents'))
})

describe('a file that looks like objects and is broken is a fault', () => {
  it.each([
    ['syntax', 'apiVersion: v1\nkind: Service\nmetadata: { name: a\n', 'NOT_YAML'],
    [
      'syntax, with a placeholder in a text elsewhere',
      'apiVersion: v1\nkind: ConfigMap\ndata:\n  a: "{{ $value }}"\n  b: c: d\n',
      'NOT_YAML',
    ],
    ['JSON', '{"apiVersion":"v1",\n"kind":"Service"', 'NOT_YAML'],
  ])('%s', (_what, text, code) => expect(opened('a.yaml', text)).toMatchObject({ fault: { code, source: { file: 'a.yaml' } } }))

  it('as bytes that are no text', () => {
    const asked = { path: 'a.yaml', body: new Uint8Array([0xff, 0xfe]) }
    expect(openFiles([asked])(asked)).toMatchObject({ fault: { code: 'BODY_NOT_UTF8' } })
  })

  it('however long a text of nothing is', () => {
    const start = performance.now()
    expect(opened('a.yaml', ' \n'.repeat(500_000))).toEqual({ leftOut: 'EMPTY' })
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
