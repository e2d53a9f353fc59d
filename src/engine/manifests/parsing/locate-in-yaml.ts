import { EVENT_ID, type Event, getScalarValue } from 'js-yaml'
import type { Position } from './line-index.js'
import type { PointerTrie } from './pointer-trie.js'

/** Places of the paths, and of all that encloses them, in one document of a text, in one walk over its events. What is merged or aliased in has no place of its own. */
export const locateInYaml = (
  source: string,
  events: readonly Event[],
  start: number,
  positionOf: (offset: number) => Position,
  trie: PointerTrie,
): ReadonlyMap<PointerTrie, Position> => {
  const found = new Map<PointerTrie, Position>()
  let at = start + 1

  const skip = (): void => {
    let open = 0
    do {
      const event = events[at++]
      if (event?.type === EVENT_ID.MAPPING || event?.type === EVENT_ID.SEQUENCE) open++
      else if (event === undefined || event.type === EVENT_ID.POP) open--
    } while (open > 0 && at < events.length)
  }

  const visit = (node: PointerTrie | undefined): void => {
    const event = events[at]
    if (node === undefined || event === undefined) return skip()
    found.set(node, positionOf(Math.max(0, offsetOf(event))))
    if (event.type === EVENT_ID.MAPPING) return visitMapping(node)
    if (event.type === EVENT_ID.SEQUENCE) return visitSequence(node)
    at++
  }

  const visitMapping = (node: PointerTrie): void => {
    at++
    for (let key = events[at]; key !== undefined && key.type !== EVENT_ID.POP; key = events[at]) {
      const child = key.type === EVENT_ID.SCALAR ? node.children.get(getScalarValue(source, key)) : undefined
      const place = offsetOf(key)
      skip()
      visit(child)
      if (child !== undefined) found.set(child, positionOf(Math.max(0, place)))
    }
    at++
  }

  const visitSequence = (node: PointerTrie): void => {
    at++
    for (let index = 0; events[at] !== undefined && events[at]?.type !== EVENT_ID.POP; index++) visit(node.children.get(String(index)))
    at++
  }

  visit(trie)
  return found
}

const offsetOf = (event: Event): number => {
  if (event.type === EVENT_ID.SCALAR) return event.valueStart
  if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) return event.start
  return event.type === EVENT_ID.ALIAS ? event.anchorStart : 0
}
