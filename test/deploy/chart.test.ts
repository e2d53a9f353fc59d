import { describe, expect, it } from 'vitest'
import { loadAll } from 'js-yaml'
import { checkOriginal } from '#engine/schemas/check-original'
import { loadSchemas } from '#engine/schemas/load-schemas'
import { Environment, readConfig } from '#config'
import { helmIsThere, lintChart, renderChart } from './helm.js'

interface EnvVar {
  readonly name: string
  readonly value?: string
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } }
}

type Labels = Readonly<Record<string, string>>

interface Named {
  readonly name: string
}

interface Rendered<Spec = unknown> {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly labels: Labels }
  readonly spec: Spec
  readonly stringData?: Labels
}

interface Probe {
  readonly httpGet: { readonly port: string }
}

interface Container {
  readonly env: readonly EnvVar[]
  readonly ports: readonly Named[]
  readonly volumeMounts: readonly Named[]
  readonly livenessProbe: Probe
  readonly readinessProbe: Probe
  readonly startupProbe: Probe
  readonly resources: { readonly limits: { readonly memory: string } }
  readonly securityContext: unknown
}

interface DeploymentSpec {
  readonly selector: { readonly matchLabels: Labels }
  readonly template: {
    readonly metadata: { readonly labels: Labels }
    readonly spec: {
      readonly serviceAccountName: string
      readonly containers: readonly [Container]
      readonly volumes: readonly Named[]
      readonly topologySpreadConstraints?: readonly unknown[]
    }
  }
}

interface ServiceSpec {
  readonly selector: Labels
  readonly ports: readonly { readonly targetPort: string }[]
}

interface NetworkPolicySpec {
  readonly podSelector: { readonly matchLabels: Labels }
  readonly ingress: readonly { readonly ports: readonly { readonly port: string }[] }[]
  readonly egress: readonly unknown[]
}

const server = { host: 'pg.db', name: 'sight/line', user: 'me@db', passwordSecret: { name: 'pg-app', key: 'password' } }

/** Each way in which the chart is meant to be used. */
const ways: Readonly<Record<string, object>> = {
  'with nothing stated': {},
  'embedded, on a volume that exists': { database: { embedded: { existingClaim: 'held', storageClassName: 'fast' } } },
  'on a server by its Secret': { replicas: 3, database: { existingSecret: 'pg', key: 'uri', secretPort: 6432 } },
  'on a server by its parts': {
    replicas: 2,
    database: { server },
    networkPolicy: { databaseTo: [{ podSelector: { matchLabels: { app: 'pg' } } }] },
  },
  'on a server by its address': { database: { url: 'postgresql://a:b@pg:7777/x?sslmode=require' }, podAnnotations: { team: 'mesh' } },
  'for an issuer': {
    auth: { mode: 'token,oidc', adminTokenSecret: 'first', oidc: { issuer: 'https://id.example.com', audience: 'sightline' } },
  },
  'open to everybody': { auth: { mode: 'none', insecureOpen: true } },
  'with everything turned': {
    imagePullSecrets: [{ name: 'pull' }],
    allowedHosts: ['sightline.example.com'],
    config: { LOG_LEVEL: 'debug', QUESTION_TIMEOUT_MS: 5000, GRAPHIQL: true },
    extraEnv: [{ name: 'TZ', value: 'UTC' }],
    cpu: { request: 2, limit: '4' },
    memoryMiB: 8192,
    questionThreads: 3,
    service: { type: 'LoadBalancer', port: 8443, annotations: { a: 'b' } },
    serviceAccount: { annotations: { a: 'b' } },
    networkPolicy: {
      metricsFrom: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
      egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 443 }] }],
    },
    podLabels: { a: 'b' },
    nodeSelector: { a: 'b' },
    tolerations: [{ key: 'a', operator: 'Exists' }],
    affinity: { podAntiAffinity: {} },
  },
}

const render = (values: object): readonly Rendered[] => {
  const answer = renderChart(values)
  if ('refused' in answer) throw new Error(answer.refused)
  return (loadAll(answer.manifests) as (Rendered | null)[]).filter((each) => each !== null)
}

const refusal = (values: object): string => {
  const answer = renderChart(values)
  return 'refused' in answer ? answer.refused : 'accepted'
}

const only = <Spec = unknown>(objects: readonly Rendered[], kind: string): Rendered<Spec> => {
  const found = objects.filter((each) => each.kind === kind)
  expect(found.map(({ metadata }) => metadata.name)).toEqual(['prod-sightline'])
  return found[0] as Rendered<Spec>
}

const deploymentOf = (objects: readonly Rendered[]): DeploymentSpec => only<DeploymentSpec>(objects, 'Deployment').spec
const policyOf = (objects: readonly Rendered[]): NetworkPolicySpec => only<NetworkPolicySpec>(objects, 'NetworkPolicy').spec
const serviceOf = (objects: readonly Rendered[]): ServiceSpec => only<ServiceSpec>(objects, 'Service').spec
const containerOf = (objects: readonly Rendered[]): Container => deploymentOf(objects).template.spec.containers[0]
const environmentOf = (objects: readonly Rendered[]): readonly EnvVar[] => containerOf(objects).env

/** What the process is told, Secrets stood in for. */
const toldTo = (objects: readonly Rendered[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    environmentOf(objects).map(({ name, value }) => [name, value ?? (name === 'DATABASE_URL' ? 'postgresql://a:b@c/d' : 'secret')]),
  )

// Read by Node itself, by its driver of Postgres, or stated by a user for something else.
const readByOthers = new Set(['NODE_OPTIONS', 'MALLOC_ARENA_MAX', 'MALLOC_TRIM_THRESHOLD_', 'PGPASSWORD', 'TZ'])

describe.skipIf(!helmIsThere())('the chart', () => {
  it('has nothing that helm would rather see otherwise', () => {
    expect(lintChart()).toContain('1 chart(s) linted, 0 chart(s) failed')
  })

  describe.each(Object.entries(ways))('%s', (_, values) => {
    it('renders objects that the API server takes', async () => {
      const kinds = await loadSchemas()
      const objects = render(values)
      expect(objects.length).toBeGreaterThan(3)
      for (const object of objects) {
        const checked = checkOriginal(kinds, object as never)
        expect(checked, object.kind).toBeDefined()
        expect([object.kind, checked?.faults, checked?.writeInstead]).toEqual([object.kind, [], undefined])
      }
    })

    it('tells the process settings that it knows and takes', () => {
      const told = toldTo(render(values))
      const known = new Set(Object.keys(Environment.properties))
      expect(Object.keys(told).filter((name) => !known.has(name) && !readByOthers.has(name))).toEqual([])
      expect(readConfig(told)).toHaveProperty('config')
    })

    it('has each thing that one object names in another', () => {
      const objects = render(values)
      const { selector, template } = deploymentOf(objects)
      const { labels } = template.metadata
      expect(labels).toMatchObject(selector.matchLabels)
      expect(labels).toMatchObject(serviceOf(objects).selector)
      expect(labels).toMatchObject(policyOf(objects).podSelector.matchLabels)
      const { ports, volumeMounts, livenessProbe, readinessProbe, startupProbe } = containerOf(objects)
      const portNames = ports.map(({ name }) => name)
      const named = [
        ...serviceOf(objects).ports.map(({ targetPort }) => targetPort),
        ...policyOf(objects).ingress.flatMap((rule) => rule.ports.map(({ port }) => port)),
        ...[livenessProbe, readinessProbe, startupProbe].map(({ httpGet }) => httpGet.port),
      ]
      expect(named.filter((name) => !portNames.includes(name))).toEqual([])
      const volumes = template.spec.volumes.map(({ name }) => name)
      expect(volumeMounts.map(({ name }) => name).toSorted()).toEqual(volumes.toSorted())
      const accounts = objects.filter(({ kind }) => kind === 'ServiceAccount').map(({ metadata }) => metadata.name)
      expect(accounts).toEqual([template.spec.serviceAccountName])
    })

    it('leaves room in the memory that it asks for beside every heap', () => {
      const objects = render(values)
      const told = toldTo(objects)
      const limit = Number(/^(\d+)Mi$/.exec(containerOf(objects).resources.limits.memory)?.[1])
      const main = Number(/--max-old-space-size=(\d+)/.exec(told['NODE_OPTIONS'] ?? '')?.[1])
      const threads = Number(told['ANALYSIS_THREADS']) + 1
      const outside = limit - main - threads * Number(told['ANALYSIS_HEAP_MB'])
      expect(outside).toBeGreaterThanOrEqual(512)
      expect(outside).toBeLessThan(512 + threads)
    })

    it('runs as nobody in particular, and writes nowhere but to its volumes', () => {
      const objects = render(values)
      expect(deploymentOf(objects).template.spec).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      })
      expect(containerOf(objects).securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      })
    })
  })

  it('keeps the embedded database on a volume of one replica that ends before the next begins', () => {
    const objects = render({})
    expect(deploymentOf(objects)).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } })
    expect(only(objects, 'PersistentVolumeClaim').spec).toMatchObject({ resources: { requests: { storage: '8Gi' } } })
    expect(objects.map(({ kind }) => kind)).not.toContain('PodDisruptionBudget')
    expect(toldTo(objects)['DATABASE_URL']).toBeUndefined()
  })

  it('gives several replicas a server, a budget and places apart', () => {
    const objects = render({ replicas: 3, database: { existingSecret: 'pg', key: 'uri', secretPort: 6432 } })
    expect(environmentOf(objects).find(({ name }) => name === 'DATABASE_URL')?.valueFrom?.secretKeyRef).toEqual({ name: 'pg', key: 'uri' })
    expect(only(objects, 'PodDisruptionBudget').spec).toMatchObject({ selector: deploymentOf(objects).selector })
    expect(deploymentOf(objects).template.spec.topologySpreadConstraints).toHaveLength(2)
    expect(policyOf(objects).egress).toContainEqual({ ports: [{ port: 6432 }] })
    expect(objects.map(({ kind }) => kind)).not.toContain('PersistentVolumeClaim')
  })

  it('writes an address of parts so that it is read back, and keeps the password out of it', () => {
    const objects = render({ database: { server } })
    const { username, password, host, pathname } = new URL(toldTo(objects)['DATABASE_URL'] ?? '')
    expect([username, password, host, pathname].map(decodeURIComponent)).toEqual(['me@db', '', 'pg.db:5432', '/sight/line'])
    expect(environmentOf(objects).find(({ name }) => name === 'PGPASSWORD')?.valueFrom?.secretKeyRef).toEqual(server.passwordSecret)
  })

  it('keeps a stated address in a Secret only', () => {
    const objects = render({ database: { url: 'postgresql://a:hidden-word@pg:7777/x' } })
    expect(only(objects, 'Secret').stringData).toEqual({ url: 'postgresql://a:hidden-word@pg:7777/x' })
    expect(JSON.stringify(objects.filter(({ kind }) => kind !== 'Secret'))).not.toContain('hidden-word')
    expect(policyOf(objects).egress).toContainEqual({ ports: [{ port: 7777 }] })
  })

  it('is called by the names of its Service', () => {
    const hosts = toldTo(render({ allowedHosts: ['sightline.example.com'] }))['ALLOWED_HOSTS']?.split(',')
    expect(hosts).toEqual([
      'prod-sightline',
      'prod-sightline.tools',
      'prod-sightline.tools.svc',
      'prod-sightline.tools.svc.cluster.local',
      'sightline.example.com',
    ])
  })

  it.each<[string, object, string]>([
    ['more replicas than the embedded database serves', { replicas: 2 }, 'needs a Postgres server'],
    ['two databases', { database: { url: 'postgresql://a@b/c', existingSecret: 'pg' } }, 'state one of existingSecret, server and url'],
    ['half of a server', { database: { server: { host: 'pg' } } }, 'passwordSecret'],
    ['a service open to everybody by mistake', { auth: { mode: 'none' } }, 'auth.insecureOpen=true'],
    ['an issuer without an audience', { auth: { mode: 'oidc', oidc: { issuer: 'https://id' } } }, 'issuer and audience are both needed'],
    ['memory that is not enough', { memoryMiB: 2048, questionThreads: 8 }, 'leaves 113 MiB for each of 9 analysis threads'],
    ['a value that it does not know', { replicaCount: 2 }, "'replicaCount' not allowed"],
    ['a setting that is not one', { config: { 'log-level': 'debug' } }, 'log-level'],
  ])('refuses %s', (_, values, sentence) => {
    expect(refusal(values)).toContain(sentence)
  })
})
