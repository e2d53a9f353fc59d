import { type MeshNetwork, meshNetworksIn } from './cluster-facts.js'
import type { ClusterFolder } from './find-cluster-folders.js'
import type { SurveyedFile } from './survey-files.js'

/** A network that Helm values register, and the file that says so. */
export interface RegisteredNetwork extends MeshNetwork {
  readonly path: string
}

/** A text that YAML reads as that text. */
export const quoted = (text: string): string =>
  /^[A-Za-z_][\w./-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text) ? text : JSON.stringify(text)

/** What `meshNetworks` of Helm values say, each network once; what objects say of them is used without being stated. */
export function registeredNetworks(files: readonly SurveyedFile[]): readonly RegisteredNetwork[] {
  const told = files
    .filter(({ objects }) => objects.length === 0)
    .flatMap(({ path, facts }) => facts.flatMap(({ meshNetworks }) => meshNetworksIn(meshNetworks).map((one) => ({ ...one, path }))))
  return [...new Map(told.toReversed().map((one) => [one.name, one])).values()].toReversed()
}

/** The line of a cluster's network, which its registry tells where nothing else does. */
export function ofRegistry(cluster: string, networks: readonly RegisteredNetwork[], lines: readonly string[]): readonly string[] {
  const found = networks.find(({ clusters }) => clusters.includes(cluster))
  const isOpen = lines.every((line) => line.startsWith('  # network: network1'))
  return found === undefined || !isOpen ? lines : [`  network: ${quoted(found.name)}   # by meshNetworks of ${found.path}`]
}

export const networkLines = (networks: readonly RegisteredNetwork[]): readonly string[] =>
  networks.length === 0
    ? ['# networks:', '# - { name: network1, routableTo: [network2] }   # pods of network1 reach those of network2 without a gateway']
    : [
        'networks:   # `routableTo: [network2]` of one says that its pods reach those of network2 without a gateway',
        ...networks.map(({ name, path }) => `- name: ${quoted(name)}   # ${path}`),
      ]

/** Gateways whose addresses values state, in the first cluster here that is on their network. */
export function gatewayLines(networks: readonly RegisteredNetwork[], folders: readonly ClusterFolder[]): readonly string[] {
  const lines = networks.flatMap(({ name, clusters, gateways, path }) => {
    const cluster = clusters.find((one) => folders.some((folder) => folder.name === one))
    if (cluster === undefined) return []
    return gateways.map(
      ({ address, port }) =>
        `- { cluster: ${quoted(cluster)}, network: ${quoted(name)}, addresses: [${JSON.stringify(address)}], port: ${port} }   # ${path}`,
    )
  })
  return lines.length > 0
    ? ['gateways:', ...lines]
    : ['# gateways:   # addresses that no object shows', '# - { cluster: east, network: network2, addresses: [34.0.0.2], port: 15443 }']
}
