import { pausing } from '#engine/pause'

type Members = Readonly<Record<string, unknown>>

/** What `JSON.stringify(value, null, 2)` writes, a list of objects item by item. */
export function* jsonPieces(value: unknown, indent = ''): Generator<string, void> {
  if (!holdsLists(value)) yield (JSON.stringify(value, null, 2) ?? 'null').replaceAll('\n', `\n${indent}`)
  else if (Array.isArray(value)) yield* itemsOf(value, indent)
  else yield* membersOf(value as Members, indent)
}

function* itemsOf(items: readonly unknown[], indent: string): Generator<string, void> {
  let joint = '['
  for (const item of pausing(items)) {
    yield `${joint}\n${indent}  `
    yield* jsonPieces(item, `${indent}  `)
    joint = ','
  }
  yield `\n${indent}]`
}

function* membersOf(members: Members, indent: string): Generator<string, void> {
  let joint = '{'
  for (const [key, value] of Object.entries(members)) {
    if (value === undefined) continue
    yield `${joint}\n${indent}  ${JSON.stringify(key)}: `
    yield* jsonPieces(value, `${indent}  `)
    joint = ','
  }
  yield `\n${indent}}`
}

function holdsLists(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false
  if (Array.isArray(value)) return typeof value[0] === 'object' && value[0] !== null
  return Object.values(value).some(holdsLists)
}
