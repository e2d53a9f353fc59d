import type { Path } from '../parsing/pointer-trie.js'
import { isRecord } from '../raw-object.js'

/** Do requests meet the text at this path of an object: are they compared with it, or is it put into them, which are compared later? */
export type IsCompared = (path: Path) => boolean

const changes = new Set<string | number>(['requestHeaderModifier', 'urlRewrite'])
const inRoute: IsCompared = ([, list, , part, ...rest]) => list === 'rules' && (part === 'matches' || rest.some((key) => changes.has(key)))

const routeLists = new Set<string | number | undefined>(['http', 'tls', 'tcp'])

const byKind: ReadonlyMap<unknown, IsCompared> = new Map<unknown, IsCompared>([
  [
    'VirtualService',
    ([, list, , part, ...rest]) =>
      (routeLists.has(list) && part === 'match') ||
      (list === 'http' && (part === 'rewrite' || (part === 'headers' ? rest[0] : rest[2]) === 'request')),
  ],
  ['HTTPRoute', inRoute],
  ['GRPCRoute', inRoute],
  ['AuthorizationPolicy', ([, list]) => list === 'rules'],
])

const nowhere: IsCompared = () => false

/** By what the object is. */
export const comparedIn = (object: unknown): IsCompared => {
  const found = isRecord(object) ? byKind.get(object.kind) : undefined
  return found === undefined ? nowhere : (path) => path[0] === 'spec' && found(path)
}
