import type { ReferenceGrant } from '../../../../resources/kubernetes/reference-grant.js'

/** Who refers, and to what: `kind` is `group/kind`. */
export interface Reference {
  readonly from: { readonly kind: string; readonly namespace: string }
  readonly to: { readonly kind: string; readonly namespace: string; readonly name: string }
}

export interface Grants {
  /** Does the namespace that is referred to permit it? Within one namespace nobody has to. */
  permits(reference: Reference): boolean
}

/** Kinds that a grant may be for; to others it permits nothing. Rule GWAPI-45. */
const understood: ReadonlySet<string> = new Set([
  '/Secret',
  '/ConfigMap',
  '/Service',
  'gateway.networking.x-k8s.io/XBackend',
  'inference.networking.k8s.io/InferencePool',
])

/** By who may refer to what kind where: the names, or `*` for all of them. */
export function indexGrants(grants: readonly ReferenceGrant[]): Grants {
  const names = new Map<string, Set<string>>()
  for (const { meta, from, to } of grants) {
    for (const source of from) {
      for (const target of to) {
        const kind = `${target.group}/${target.kind}`
        if (!understood.has(kind)) continue
        const key = keyOf(`${source.group}/${source.kind}`, source.namespace, kind, meta.namespace)
        names.set(key, (names.get(key) ?? new Set()).add(target.name ?? '*'))
      }
    }
  }
  return {
    permits: ({ from, to }) => {
      if (from.namespace === to.namespace) return true
      const granted = names.get(keyOf(from.kind, from.namespace, to.kind, to.namespace))
      return granted !== undefined && (granted.has('*') || granted.has(to.name))
    },
  }
}

const keyOf = (...parts: readonly string[]): string => parts.join(' ')
