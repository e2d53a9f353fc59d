const everyone: ReadonlySet<string> = new Set(['*'])
const nobody: ReadonlySet<string> = new Set(['~'])

/**
 * Namespaces that an object is exported to: {'*'}, {'~'}, or names.
 *
 * Rules VIS-1, VIS-2: an empty list means the mesh's default; `*` beats everything, then `~`; `.` is the object's namespace.
 */
export const consumersOf = (declared: readonly string[], defaults: readonly string[], namespace: string): ReadonlySet<string> => {
  const list = declared.length > 0 ? declared : defaults
  if (list.includes('*')) return everyone
  if (list.includes('~')) return nobody
  return new Set(list.map((item) => (item === '.' ? namespace : item)))
}
