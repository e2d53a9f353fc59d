import type { ResourceRef } from '../../model/resource-ref.js'
import { findText, isRaw, newReading, type Raw, type Reading, readList, readNumber, readText } from '../../resources/reading.js'
import type { MeshNetworks } from './mesh-config.js'

type MeshNetwork = MeshNetworks['networks'][number]

const readGateway = (reading: Reading, item: Raw, at: string): MeshNetwork['gateways'][number] => {
  const address = findText(reading, item, 'address', at)
  const registryServiceName = findText(reading, item, 'registryServiceName', at)
  return {
    ...(address === undefined ? {} : { address }),
    ...(registryServiceName === undefined ? {} : { registryServiceName }),
    port: readNumber(reading, item, 'port', at),
    locality: readText(reading, item, 'locality', at),
  }
}

const readEndpointKey =
  (key: string) =>
  (reading: Reading, item: Raw, at: string): string | undefined =>
    findText(reading, item, key, at)

/** meshNetworks of a ConfigMap (with its outer `networks` key) or of an installation (without it). Rule MODEL-14. */
export const readMeshNetworks = (raw: Raw, because: readonly ResourceRef[]): MeshNetworks => {
  const reading = newReading()
  const networks = isRaw(raw['networks']) ? raw['networks'] : raw
  return {
    networks: Object.entries(networks).flatMap(([name, value]): MeshNetwork[] =>
      isRaw(value)
        ? [
            {
              name,
              fromRegistry: readList(reading, value, 'endpoints', name, readEndpointKey('fromRegistry')),
              fromCidr: readList(reading, value, 'endpoints', name, readEndpointKey('fromCidr')),
              gateways: readList(reading, value, 'gateways', name, readGateway),
            },
          ]
        : [],
    ),
    because,
  }
}
