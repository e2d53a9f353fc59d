/**
 * Answers as JSON, written a piece at a time and given up as soon as they take more than there is room for: a refused answer has cost no more than
 * an allowed one.
 */
import { pause } from '#engine/pause'
import type { Written } from '#engine/model/written'
import { joinPieces } from './join-pieces.js'

/** What an answer names, with its place. */
export type Tell = <T>(value: T) => T

/** Written at once; most answers are no longer. */
const light = 32 * 1024

/** Undefined: it does not fit into `room` bytes. */
export function writeAnswer(answer: unknown, tell: Tell, room: number): Written | undefined {
  if (weigh(answer, light) < 0) return joinPieces(piecesOf('', answer, tell), room)
  const text = JSON.stringify(tell(answer))
  return Buffer.byteLength(text) <= room ? text : undefined
}

/** Lists of objects are written item by item, all else at once. */
function* piecesOf(before: string, value: unknown, tell: Tell): Generator<string> {
  if (!holdsLists(value)) yield before + (JSON.stringify(tell(value)) ?? 'null')
  else if (Array.isArray(value)) yield* piecesOfList(before, value, tell)
  else yield* piecesOfMembers(before, value as Members, tell)
}

function* piecesOfList(before: string, items: readonly unknown[], tell: Tell): Generator<string> {
  let joint = `${before}[`
  for (const item of items) {
    pause()
    yield* piecesOf(joint, item, tell)
    joint = ','
  }
  yield ']'
}

function* piecesOfMembers(before: string, members: Members, tell: Tell): Generator<string> {
  let joint = `${before}{`
  for (const key in members) {
    const held = key === 'source' ? tell({ path: members['path'], source: members[key] }).source : members[key]
    if (held === undefined) continue
    yield* piecesOf(`${joint}${JSON.stringify(key)}:`, held, tell)
    joint = ','
  }
  yield '}'
}

type Members = Readonly<Record<string, unknown>>

function holdsLists(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false
  if (Array.isArray(value)) return typeof value[0] === 'object' && value[0] !== null
  for (const key in value) if (holdsLists((value as Members)[key])) return true
  return false
}

/** What is left of `room` characters, at most; below 0 as soon as nothing is. */
function weigh(value: unknown, room: number): number {
  if (typeof value === 'string') return room - value.length
  if (value === null || typeof value !== 'object') return room - 1
  let left = room - 2
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length && left >= 0; at += 1) {
      pause()
      left = weigh(value[at], left)
    }
    return left
  }
  for (const key in value) {
    if (left < 0) return left
    left = weigh((value as Members)[key], left - key.length)
  }
  return left
}
