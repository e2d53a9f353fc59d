/**
 * Is a service one across clusters for ambient mode, or each cluster's own?
 *
 * A control plane goes by its own MeshConfig and by each cluster's Service: what is GLOBAL in another cluster counts there alone. A Service that the
 * config cluster has is its own, and where that is not GLOBAL nothing of other networks is behind it. ServiceEntries are never GLOBAL. Rules NET-40,
 * AMB-63.
 */
import type { Assumption } from '../../model/step.js'
import { remembered } from '../../remembered.js'
import type { Service } from '../../resources/kubernetes/service.js'
import { labelSelectorMatches } from '../../snapshot/label-selector.js'
import { takesNamespace } from '../../snapshot/namespace-labels.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'

export interface ServiceScope {
  /** Of what ztunnels are told as this one: GLOBAL, LOCAL to the config cluster, or NONE: nothing at all. */
  readonly scope: 'GLOBAL' | 'LOCAL' | 'NONE'
  /** Clusters other than the config cluster whose own Service is GLOBAL. */
  readonly others: ReadonlySet<string>
  /** Why nobody knows. */
  readonly open: string | undefined
  readonly assumptions: readonly Assumption[]
}

type Scopes = NonNullable<ControlPlaneView['controlPlane']['meshConfig']['serviceScopes']>

/** What the profile of ambient mode ships. */
const shipped: Scopes = [
  {
    namespaces: undefined,
    services: { matchLabels: {}, matchExpressions: [{ key: 'istio.io/global', operator: 'In', values: ['true'] }] },
    isGlobal: true,
  },
]

/** A ConfigMap that does not speak of scopes has none; where none is given, that of the profile is taken to be there. */
function scopesOf({ controlPlane: { meshConfig } }: ControlPlaneView): { readonly scopes: Scopes; readonly assumed: boolean } {
  if (meshConfig.serviceScopes !== undefined) return { scopes: meshConfig.serviceScopes, assumed: false }
  const isRead = meshConfig.because.some(({ kind }) => kind === 'ConfigMap')
  return isRead ? { scopes: [], assumed: false } : { scopes: shipped, assumed: true }
}

/** Undefined: labels decide that are not given. */
function isGlobal(scopes: Scopes, cluster: Cluster, { meta }: Service): boolean | undefined {
  const found = scopes.map(({ namespaces, services, isGlobal: global }) => {
    if (!global || (services !== undefined && !labelSelectorMatches(services, meta.labels))) return false
    return namespaces === undefined || takesNamespace(namespaces, cluster, meta.namespace)
  })
  return found.includes(true) || (found.includes(undefined) ? undefined : false)
}

const nobody: ReadonlySet<string> = new Set()

export const serviceScope = remembered((view: ControlPlaneView, service: MeshService): ServiceScope => {
  if (service.registry === 'SERVICE_ENTRY') return { scope: 'LOCAL', others: nobody, open: undefined, assumptions: [] }
  const { scopes, assumed } = scopesOf(view)
  const home = view.configCluster?.name
  const judged = service.definitions.flatMap(({ cluster: name, service: object }) => {
    const cluster = view.snapshot.clusters.get(name)
    return cluster === undefined ? [] : [{ name, taken: isGlobal(scopes, cluster, object) }]
  })
  const own = judged.find(({ name }) => name === home)
  const others = new Set(judged.flatMap(({ name, taken }) => (taken === true && name !== home ? [name] : [])))
  const open = judged.find(({ taken }) => taken === undefined)
  const told = own === undefined ? others.size > 0 : own.taken === true
  return {
    scope: told ? 'GLOBAL' : own === undefined ? 'NONE' : 'LOCAL',
    others,
    open: open && openBy(open.name, service),
    assumptions: assumed && others.size > 0 ? [scopesAssumed(view)] : [],
  }
})

const openBy = (cluster: string, { hostname, namespace }: MeshService): string =>
  `labels of namespace \`${namespace}\` of \`${cluster}\` decide whether \`${hostname}\` is \`GLOBAL\` (\`serviceScopeConfigs\`), and its Namespace object is not given`

function scopesAssumed({ controlPlane: { name, ref } }: ControlPlaneView): Assumption {
  const message = `control plane \`${name}\` is taken to have the \`serviceScopeConfigs\` of the ambient profile, by which Services labelled \`istio.io/global\` are \`GLOBAL\``
  return { code: 'SERVICE_SCOPES_ASSUMED', message, because: [ref] }
}
