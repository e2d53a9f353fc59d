import { type RemovedSecret, secretKinds } from '#engine/model/topology/removed-secret'
import type { Part } from '#formats/parts/part'
import { items, name, section, sentence } from '#formats/parts/tell'
import { many } from '#formats/text/many'
import { describeResource } from '#formats/text/resource'

/** What would be taken out: where it stands, in which object, and what it is. */
export function tellRemoved({ removed }: { readonly removed: readonly RemovedSecret[] }): readonly Part[] {
  if (removed.length === 0) return [sentence('nothing would be removed')]
  return [
    sentence(`${many(removed.length, 'value')} would be removed before storing`),
    ...section(
      'removed',
      items(
        removed.map((one) => ({
          cells: [name(placeOf(one)), name(objectOf(one)), name(one.kind)],
          below: [{ text: secretKinds[one.kind], shade: 'faint' }],
        })),
      ),
    ),
  ]
}

const placeOf = ({ file, line }: RemovedSecret): string => {
  if (file === null) return line === null ? '' : `line ${line}`
  return line === null ? file : `${file}:${line}`
}

const objectOf = ({ resource, path }: RemovedSecret): string =>
  resource === null ? path : describeResource({ ...resource, cluster: null, path })
