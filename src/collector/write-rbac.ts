import { groupBy } from '#engine/group-by'
import { writeObjectsYaml } from '#engine/manifests/write-yaml'
import { collectedKinds, type CollectedKind } from './collected-kinds.js'

const name = 'sightline-collect'
const home = 'sightline'

interface PolicyRule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
}

/** Listing is all that is done; one rule a group. */
function rulesFor(kinds: readonly CollectedKind[]): readonly PolicyRule[] {
  const groups = groupBy(kinds, ({ group }) => group)
  return [...groups].map(([group, own]) => ({ apiGroups: [group], resources: own.map(({ resource }) => resource), verbs: ['list'] }))
}

const metadata = (namespace?: string): Readonly<Record<string, unknown>> => ({ name, ...(namespace === undefined ? {} : { namespace }) })

function bind(namespace: string | undefined, kinds: readonly CollectedKind[]): readonly unknown[] {
  const [role, binding] = namespace === undefined ? ['ClusterRole', 'ClusterRoleBinding'] : ['Role', 'RoleBinding']
  const apiVersion = 'rbac.authorization.k8s.io/v1'
  const subjects = [{ kind: 'ServiceAccount', name, namespace: home }]
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: role, name }
  return [
    { apiVersion, kind: role, metadata: metadata(namespace), rules: rulesFor(kinds) },
    { apiVersion, kind: binding, metadata: metadata(namespace), roleRef, subjects },
  ]
}

/**
 * The least that reading a cluster needs, as manifests to apply there: Secrets and ConfigMaps in Istio's namespace alone, of the DNS the ConfigMaps,
 * everything else in the namespaces that are wanted, or in all.
 */
export function writeRbac(namespaces: readonly string[]): string {
  const everywhere = collectedKinds().filter(({ narrow }) => narrow === undefined)
  const config = collectedKinds().filter(({ narrow }) => narrow === 'CONFIG')
  const system = collectedKinds().filter(({ narrow }) => narrow !== undefined)
  const wide = namespaces.length === 0 ? everywhere : everywhere.filter(({ namespaced }) => !namespaced)
  const inEach = everywhere.filter(({ namespaced }) => namespaced)
  const others = namespaces.filter((one) => one !== 'istio-system')
  return writeObjectsYaml([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: home } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata(home) },
    ...bind(undefined, wide),
    ...bind('istio-system', namespaces.length === 0 ? system : [...system, ...inEach]),
    ...bind('kube-system', config),
    ...others.flatMap((namespace) => bind(namespace, inEach)),
  ])
}
