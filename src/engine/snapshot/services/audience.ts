/** Who may use an object: `*` everyone, `~` nobody, otherwise namespaces (VIS-2). */
export type Audience = ReadonlySet<string>

// One for all whom everybody, or nobody, may use: most services are such.
const everyone: Audience = new Set(['*'])
const nobody: Audience = new Set(['~'])

/** Reads exportTo as written, `.` meaning the owner's namespace; an absent or empty list takes the mesh's default (VIS-1, VIS-25). */
export function audienceOf(declared: readonly string[], defaults: readonly string[], owner: string): Audience {
  const list = declared.length > 0 ? declared : defaults
  if (list.includes('*')) return everyone
  if (list.includes('~')) return nobody
  return new Set(list.map((namespace) => (namespace === '.' ? owner : namespace)))
}

export const isFor = (audience: Audience, namespace: string): boolean => audience.has('*') || audience.has(namespace)
