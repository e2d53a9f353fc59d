/** A set of paths, shared prefixes once: lets one walk over a text find the places of many faults. */
export interface PointerTrie {
  readonly children: Map<string, PointerTrie>
}

export type Path = readonly (string | number)[]

/** The path of what is under this key. There may be a hundred thousand, so that none has room for more, as one that is spread would. */
export const pathTo = (path: Path, key: string | number): Path => path.concat(key)

export const pointerTrie = (paths: readonly Path[]): PointerTrie => {
  const root: PointerTrie = { children: new Map() }
  for (const path of paths) {
    let node = root
    for (const part of path) {
      const key = String(part)
      let next = node.children.get(key)
      if (next === undefined) {
        next = { children: new Map() }
        node.children.set(key, next)
      }
      node = next
    }
  }
  return root
}

/** Longer than any name of Kubernetes with its prefix. */
const longestPart = 400

/** A key as places are told: its end left out where it is none that anybody gave to anything. */
const shown = (key: string): string => (key.length <= longestPart ? key : `${key.slice(0, longestPart).replace(/[\uD800-\uDBFF]$/, '')}…`)

/** RFC 6901, as a URI fragment's text: `#/clusters/0/name`. */
export const pointerOf = (path: Path): string =>
  `#${path.map((part) => `/${shown(String(part)).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`

/** The inverse of `pointerOf`. */
export const pathOf = (pointer: string): string[] =>
  pointer
    .replace(/^#/, '')
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** `spec.http[0].route[1]`, the form of findings and references. */
export const dottedPath = (path: Path): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    const key = shown(part)
    if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${text}[${JSON.stringify(key)}]`
    return text === '' ? key : `${text}.${key}`
  }, '')
