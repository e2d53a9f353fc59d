import { securitySchemes } from './access-of.js'
import { describeOperation } from './describe-operation.js'
import { namedShapes } from './named-shapes.js'
import type { NotedOperation } from './operation.js'
import { referToShapes } from './refer-to-shapes.js'

const tags = [
  { name: 'topologies', description: 'the named things' },
  { name: 'versions', description: 'immutable documents, numbered 1, 2, 3 …' },
  { name: 'questions', description: 'what can reach what, who sees what, who trusts whom, and why' },
  { name: 'validate', description: 'reports on documents' },
  { name: 'operations', description: 'work that nobody waits for' },
  { name: 'access', description: 'who may do what' },
  { name: 'keeping', description: 'what keeps the store in order: prune, verify, back up, restore' },
  { name: 'limits', description: 'what is taken and given at most' },
  { name: 'schemas', description: 'the shape of the document' },
]

interface Described {
  readonly openapiObject: object
}
type Paths = Readonly<Record<string, Readonly<Record<string, NotedOperation>>>>

/** OpenAPI as the routes alone would have it, completed: nothing is said twice, and nothing that a client needs is left unsaid. */
export function describeService<T extends Described>({ openapiObject }: T): T['openapiObject'] {
  const given = openapiObject as { readonly paths: Paths; readonly components?: object }
  const paths = mapValues(given.paths, (operations, path) => mapValues(operations, (operation) => describeOperation(operation, path)))
  const { description, schemas } = referToShapes(paths, namedShapes)
  return { ...given, tags, paths: description, components: { ...given.components, schemas, securitySchemes } }
}

const mapValues = <A, B>(record: Readonly<Record<string, A>>, change: (value: A, key: string) => B): Readonly<Record<string, B>> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]))
