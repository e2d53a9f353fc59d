import { textOf } from '../flags.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import { fieldOf } from '../references.js'
import type { Assumption } from '../../model/step.js'
import type { ConfigMap } from '../../resources/kubernetes/config-map.js'
import { isRaw, type Raw, type Unreadable } from '../../resources/reading.js'
import type { ClusterPart } from '../clusters/cluster-part.js'
import type { ControlPlanePart } from './control-plane-part.js'
import { parseEmbeddedYaml } from './embedded-yaml.js'
import type { MeshConfig, MeshNetworks } from './mesh-config.js'
import { noMeshConfig, overlayMeshConfig, readMeshConfig, unreadableFields } from './read-mesh-config.js'
import { readMeshNetworks, unreadableNetworks } from './read-mesh-networks.js'

/** MeshConfig and meshNetworks of one control plane, and what could not be read of them. */
export interface PlaneConfiguration {
  readonly meshConfig: MeshConfig
  readonly meshNetworks: MeshNetworks
  readonly flags: Readonly<Record<string, string>>
  readonly assumptions: readonly Assumption[]
}

interface Layer {
  readonly raw: Raw
  readonly because: readonly ResourceRef[]
}

/** Environment of istiod: the installation's, what runs, and over both what the header states. Rule MODEL-13. */
export const flagsOf = (plane: ControlPlanePart): Readonly<Record<string, string>> => ({
  ...plane.installation?.env,
  ...plane.istiod?.env,
  ...plane.header?.flags,
})

const findConfigMap = (cluster: ClusterPart | undefined, namespace: string, name: string): ConfigMap | undefined =>
  cluster?.resources.configMaps.get(namespace)?.find((map) => map.meta.name === name)

/** One key of a ConfigMap as a layer; a text that is no mapping is noted, and counts as absent. */
const layerOf = (cluster: ClusterPart | undefined, map: ConfigMap | undefined, key: string, notes: Assumption[]): Layer | undefined => {
  const text = map?.data[key]
  if (cluster === undefined || map === undefined || text === undefined) return undefined
  const raw = parseEmbeddedYaml(text)
  const ref = cluster.ref(map.meta, `data.${key}`)
  if (raw !== undefined) return { raw, because: [ref] }
  notes.push({
    code: 'MESH_CONFIG_UNREADABLE',
    message: `\`${key}\` of ConfigMap \`${map.meta.namespace}/${map.meta.name}\` is not readable YAML: defaults are assumed`,
    because: [ref],
  })
  return undefined
}

const statedLayer = (plane: ControlPlanePart, cluster: ClusterPart | undefined, key: 'meshConfig' | 'meshNetworks'): Layer | undefined => {
  const ofHeader = plane.header?.[key]
  if (ofHeader !== undefined) return { raw: ofHeader, because: [fieldOf(plane.ref, key)] }
  const { installation } = plane
  const ofInstallation = installation?.[key]
  if (installation === undefined || ofInstallation === undefined || cluster === undefined) return undefined
  return { raw: ofInstallation, because: [cluster.ref(installation.meta, installation.path)] }
}

const ownConfigMap = (plane: ControlPlanePart, cluster: ClusterPart | undefined): ConfigMap | undefined =>
  findConfigMap(cluster, plane.systemNamespace, plane.revision === '' ? 'istio' : `istio-${plane.revision}`)

const sharedConfigMap = (plane: ControlPlanePart, cluster: ClusterPart | undefined, name: string | undefined): ConfigMap | undefined =>
  name === undefined ? undefined : findConfigMap(cluster, plane.systemNamespace, name)

/** Settings that would change answers and are not followed. Rule MODEL-12. */
const notModelled = (raw: Raw, because: readonly ResourceRef[]): readonly Assumption[] => {
  const visibility = raw['serviceEntryVisibility']
  if (!isRaw(visibility) || visibility['applyToSidecars'] !== true) return []
  const message = '`serviceEntryVisibility` may hide ServiceEntries from sidecars: it is not followed'
  return [{ code: 'SERVICE_ENTRY_VISIBILITY_NOT_MODELLED', message, because: [...because] }]
}

/** istiod refuses such a configuration as a whole; what else it says is believed all the same. */
const unreadable = ({ because }: Layer, fields: readonly Unreadable[]): readonly Assumption[] =>
  fields.map(({ path, message }) => ({
    code: 'MESH_CONFIG_UNREADABLE',
    message: `\`${path}\`: ${message}; the default is assumed`,
    because: [...because],
  }))

const empty: Layer = { raw: noMeshConfig, because: [] }

/**
 * Configuration in istiod's order: defaults, the shared ConfigMap, the revision's own ConfigMap.
 *
 * Rules MODEL-3, MODEL-4. Where no ConfigMap is given, the header's words or the installation's values stand in for it.
 * meshNetworks is never merged: the shared one is taken whole. `cluster` is the one istiod runs in, else its config cluster; its own
 * ConfigMap is mounted from there, the shared one is read from the API server of `config`.
 */
export const planeConfigurationOf = (plane: ControlPlanePart, cluster: ClusterPart | undefined, config = cluster): PlaneConfiguration => {
  const assumptions: Assumption[] = []
  const flags = flagsOf(plane)
  const own = ownConfigMap(plane, cluster)
  const shared = sharedConfigMap(plane, config, textOf({ flags }, 'SHARED_MESH_CONFIG'))
  const layer = (map: ConfigMap | undefined, key: string, from = cluster): Layer | undefined => layerOf(from, map, key, assumptions)
  const upper = layer(own, 'mesh') ?? (own === undefined ? statedLayer(plane, cluster, 'meshConfig') : undefined) ?? empty
  const lower = layer(shared, 'mesh', config) ?? empty
  const networks =
    layer(shared, 'meshNetworks', config) ?? layer(own, 'meshNetworks') ?? statedLayer(plane, cluster, 'meshNetworks') ?? empty
  const raw = overlayMeshConfig(lower.raw, upper.raw)
  const because = [...upper.because, ...lower.because]
  const notes = [
    ...assumptions,
    ...[upper, lower].flatMap((each) => unreadable(each, unreadableFields(each.raw))),
    ...unreadable(networks, unreadableNetworks(networks.raw)),
    ...notModelled(raw, because),
  ]
  const rootDefault = own === undefined ? plane.systemNamespace : 'istio-system'
  return {
    meshConfig: readMeshConfig(raw, rootDefault, because),
    meshNetworks: readMeshNetworks(networks.raw, networks.because),
    flags,
    assumptions: notes,
  }
}

/** Did someone write a trust domain, or is it Istio's default? */
export const statesTrustDomain = (plane: ControlPlanePart, cluster: ClusterPart | undefined): boolean => {
  const text = ownConfigMap(plane, cluster)?.data['mesh']
  const raw = text === undefined ? statedLayer(plane, cluster, 'meshConfig')?.raw : parseEmbeddedYaml(text)
  return raw?.['trustDomain'] !== undefined
}
