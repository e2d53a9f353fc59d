import type { Meta } from '../meta.js'
import { findText, type Raw, type Reading, readList, readObject, readText } from '../reading.js'

/** Who of another namespace may refer to what of this one. `gateway.networking.k8s.io` ReferenceGrant. Rule GWAPI-45. */
export interface ReferenceGrant {
  readonly meta: Meta
  readonly from: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[]
  /** Without a name: every object of the kind. */
  readonly to: readonly { readonly group: string; readonly kind: string; readonly name?: string }[]
}

export const readReferenceGrant = (reading: Reading, raw: Raw, meta: Meta): ReferenceGrant => {
  const spec = readObject(reading, raw, 'spec', '')
  return {
    meta,
    from: readList(reading, spec, 'from', 'spec', (inner, item, at) => ({
      group: readText(inner, item, 'group', at),
      kind: readText(inner, item, 'kind', at),
      namespace: readText(inner, item, 'namespace', at),
    })),
    to: readList(reading, spec, 'to', 'spec', (inner, item, at) => {
      const name = findText(inner, item, 'name', at)
      return {
        group: readText(inner, item, 'group', at),
        kind: readText(inner, item, 'kind', at),
        ...(name === undefined || name === '' ? {} : { name }),
      }
    }),
  }
}
