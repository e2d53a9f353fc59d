import { writeObjectsYaml } from '#engine/manifests/write-yaml'
import { clusterEntry } from './document.js'
import type { KubernetesObject } from './kubernetes-object.js'
import { planMesh } from './plan.js'

/** A file of a repository, by its path in it. */
export interface RepositoryFile {
  readonly path: string
  readonly text: string
}

const kindsOfSource = new Set([
  'Service',
  'Deployment',
  'VirtualService',
  'DestinationRule',
  'Sidecar',
  'AuthorizationPolicy',
  'ServiceEntry',
])

const kustomization = (resources: readonly string[], more = ''): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${resources.map((each) => `- ${each}\n`).join('')}${more}`

/** A base of manifests, an object a file, with two overlays that patch it. */
function kustomized(folder: string, objects: readonly KubernetesObject[]): readonly RepositoryFile[] {
  const named = objects.map((object) => ({
    name: `${object.metadata.name}-${object.kind.toLowerCase()}.yaml`,
    text: writeObjectsYaml([object]),
  }))
  const [deployment] = objects.filter(({ kind }) => kind === 'Deployment')
  const patch = `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${deployment?.metadata.name ?? 'none'}\nspec:\n  replicas: 5\n`
  const overlays = ['staging', 'production'].flatMap((name) => [
    { path: `${folder}/overlays/${name}/kustomization.yaml`, text: kustomization(['../../base'], 'patches:\n- path: replicas.yaml\n') },
    { path: `${folder}/overlays/${name}/replicas.yaml`, text: patch },
  ])
  const base = named.map(({ name, text }) => ({ path: `${folder}/base/${name}`, text }))
  return [{ path: `${folder}/base/kustomization.yaml`, text: kustomization(named.map(({ name }) => name)) }, ...base, ...overlays]
}

/** A chart whose templates are no YAML before they are rendered. */
const chart = (name: string): readonly RepositoryFile[] => [
  { path: `charts/${name}/Chart.yaml`, text: `apiVersion: v2\nname: ${name}\nversion: 1.4.2\nappVersion: 2026.3.1\n` },
  {
    path: `charts/${name}/values.yaml`,
    text: `replicas: 2\nimage:\n  repository: registry.example/${name}\n  tag: 2026.3.1\nservice:\n  port: 80\n`,
  },
  {
    path: `charts/${name}/templates/deployment.yaml`,
    text: `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ include "name" . }}\n  labels: {{- include "labels" . | nindent 4 }}\nspec:\n  replicas: {{ .Values.replicas }}\n  template:\n    spec:\n      containers:\n      - name: app\n        image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"\n`,
  },
  {
    path: `charts/${name}/templates/service.yaml`,
    text: `apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ include "name" . }}\nspec:\n  ports:\n  - port: {{ .Values.service.port }}\n    name: http\n`,
  },
]

const workflow = (name: string): RepositoryFile => ({
  path: `.github/workflows/${name}.yml`,
  text: `name: ${name}\non: [push]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n    - uses: actions/checkout@v4\n    - run: make test\n`,
})

/** A repository as teams keep it: charts, kustomizations with their bases and overlays, pipelines, and manifests of the mesh beside them. */
export function repositoryFiles(): readonly RepositoryFile[] {
  const plan = planMesh({ clusters: 1, services: 120, pods: 240, namespaces: 12 })
  const objects = plan.clusters.flatMap((cluster) => clusterEntry(plan, cluster).resources).filter(({ kind }) => kindsOfSource.has(kind))
  const namespaces = plan.namespaces.map(({ name }) => ({ name, own: objects.filter(({ metadata }) => metadata.namespace === name) }))
  return [
    ...namespaces.flatMap(({ name, own }) => kustomized(`apps/${name}`, own)),
    ...namespaces.flatMap(({ name }) => chart(name)),
    ...['test', 'release', 'deploy'].map(workflow),
    { path: 'README.md', text: '# The shop\n' },
  ]
}
