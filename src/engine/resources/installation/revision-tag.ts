import type { Meta } from '../meta.js'
import { isRaw, type Raw, type Reading } from '../reading.js'

/** A revision tag, by the webhook that serves it: it picks the revision for pods whose labels name the tag (MODEL-27). */
export interface RevisionTag {
  readonly meta: Meta
  readonly tag: string
  readonly revision: string
}

/** A tag by its webhook; other webhooks say nothing here. */
export const findTagOfWebhook = (_: Reading, __: Raw, meta: Meta): RevisionTag | undefined => {
  const tag = meta.labels['istio.io/tag']
  return tag === undefined ? undefined : { meta, tag, revision: meta.labels['istio.io/rev'] ?? '' }
}

/** Sail's `IstioRevisionTag`. */
export const findRevisionTag = (_: Reading, raw: Raw, meta: Meta): RevisionTag | undefined => {
  const spec = isRaw(raw['spec']) ? raw['spec'] : {}
  const target = isRaw(spec['targetRef']) ? spec['targetRef']['name'] : undefined
  return typeof target === 'string' ? { meta, tag: meta.name, revision: target } : undefined
}
