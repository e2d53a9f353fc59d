import type { ResourceRef } from '../../model/resource-ref.js'
import {
  findObject,
  findText,
  isRaw,
  newReading,
  type Raw,
  type Reading,
  readList,
  readNumber,
  readText,
  type Unreadable,
} from '../../resources/reading.js'
import type { MeshNetworks } from './mesh-config.js'

type MeshNetwork = MeshNetworks['networks'][number]

const at = 'meshNetworks'

const readGateway = (reading: Reading, item: Raw, where: string): MeshNetwork['gateways'][number] => {
  const address = findText(reading, item, 'address', where)
  const registryServiceName = findText(reading, item, 'registryServiceName', where)
  return {
    ...(address === undefined ? {} : { address }),
    ...(registryServiceName === undefined ? {} : { registryServiceName }),
    port: readNumber(reading, item, 'port', where),
    locality: readText(reading, item, 'locality', where),
  }
}

const readEndpoint = (reading: Reading, item: Raw, where: string) => ({
  registry: findText(reading, item, 'fromRegistry', where),
  cidr: findText(reading, item, 'fromCidr', where),
})

const readNetwork = (reading: Reading, value: Raw, name: string): MeshNetwork => {
  const endpoints = readList(reading, value, 'endpoints', `${at}.${name}`, readEndpoint)
  return {
    name,
    fromRegistry: endpoints.flatMap(({ registry }) => registry ?? []),
    fromCidr: endpoints.flatMap(({ cidr }) => cidr ?? []),
    gateways: readList(reading, value, 'gateways', `${at}.${name}`, readGateway),
  }
}

const readNetworks = (reading: Reading, raw: Raw): readonly MeshNetwork[] => {
  const networks = isRaw(raw['networks']) ? raw['networks'] : raw
  return Object.keys(networks).flatMap((name) => {
    const value = findObject(reading, networks, name, at)
    return value === undefined ? [] : [readNetwork(reading, value, name)]
  })
}

/** meshNetworks of a ConfigMap (with its outer `networks` key) or of an installation (without it). Rule MODEL-14. */
export const readMeshNetworks = (raw: Raw, because: readonly ResourceRef[]): MeshNetworks => ({
  networks: readNetworks(newReading(), raw),
  because,
})

/** Parts that cannot be read and count as absent. */
export const unreadableNetworks = (raw: Raw): readonly Unreadable[] => {
  const reading = newReading()
  readNetworks(reading, raw)
  return reading.unreadable
}
