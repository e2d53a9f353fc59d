import { remembered } from '../../remembered.js'
import { isRaw } from '../../resources/reading.js'
import { bundleOf } from '../extensions/bundle-of.js'
import { isGatewayDefinition } from '../extensions/is-gateway-definition.js'
import type { Original, Originals } from '../originals.js'

type StatedBundle = ReturnType<typeof bundleOf>

export const isOfGatewayApi = ({ apiVersion }: Original): boolean => apiVersion.startsWith('gateway.networking.')

/** What definitions of the Gateway API's kinds in a cluster say they are of, by the kind. */
const bundlesIn = remembered((originals: Originals, cluster: string): ReadonlyMap<string, StatedBundle> => {
  const found = new Map<string, StatedBundle>()
  for (const { object } of originals.of.get(cluster) ?? []) {
    if (object === undefined || !isGatewayDefinition(object)) continue
    const names = isRaw(object['spec']) ? object['spec']['names'] : undefined
    if (isRaw(names) && typeof names['kind'] === 'string') found.set(names['kind'], bundleOf(object))
  }
  return found
})

/** The release of the Gateway API that the definition of a kind in a cluster says it is of; no bundle where there is none, or it does not say. */
export const bundleIn = (originals: Originals, cluster: string, kind: string): StatedBundle =>
  bundlesIn(originals, cluster).get(kind) ?? { text: '', bundle: undefined }
