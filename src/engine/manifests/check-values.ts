import { pause } from '../pause.js'
import type { DocumentFault, Origin } from './document-fault.js'
import { limits } from './parsing/limits.js'
import type { Path } from './parsing/pointer-trie.js'

/** Maps whose keys users choose freely; any key is data there. */
const freeMaps = new Set([
  'labels',
  'annotations',
  'matchLabels',
  'selector',
  'nodeSelector',
  'data',
  'stringData',
  'binaryData',
  'flags',
  'podLabels',
])

/** NUL is what databases refuse, and half a character is none. */
const isRefused = (text: string): boolean => text.includes('\u0000') || !text.isWellFormed()

/** Keys that are not taken, at least where a model is expected. */
export const namesPrototype = (key: string): boolean => key === '__proto__' || key === 'constructor' || key === 'prototype'

interface Check {
  readonly faults: DocumentFault[]
  readonly base: Path
  readonly stack: (string | number)[]
}

/** What JSON or YAML can say but a stored object may not: unsafe numbers, NUL, half characters, keys that name a prototype. */
export const checkValues = (raw: { readonly value: unknown; readonly path: Path; readonly origin?: Origin }): readonly DocumentFault[] => {
  if (raw.origin?.document.isOrdinary === true) return []
  const check: Check = { faults: [], base: raw.path, stack: [] }
  visit(check, raw.value, false)
  const { origin } = raw
  return origin === undefined ? check.faults : check.faults.map((fault) => ({ ...fault, origin }))
}

const report = (check: Check, code: string, detail: string): void => {
  if (check.faults.length < limits.faults) check.faults.push({ code, detail, path: [...check.base, ...check.stack] })
}

const visit = (check: Check, value: unknown, free: boolean): void => {
  if (typeof value === 'string') {
    if (isRefused(value)) report(check, 'CHARACTER_REFUSED', 'NUL and unpaired surrogates cannot be stored')
  } else if (typeof value === 'number') checkNumber(check, value)
  else if (value !== null && typeof value === 'object') {
    if (check.stack.length >= limits.depth) return report(check, 'DEPTH_EXCEEDED', 'the document is nested too deeply')
    if (Array.isArray(value)) visitItems(check, value)
    else visitMembers(check, value as Readonly<Record<string, unknown>>, free)
  }
}

const checkNumber = (check: Check, value: number): void => {
  if (!Number.isFinite(value)) report(check, 'NUMBER_REFUSED', 'a number must be finite')
  else if (Object.is(value, -0)) report(check, 'NUMBER_REFUSED', 'negative zero is not taken')
  else if (Number.isInteger(value) && !Number.isSafeInteger(value))
    report(check, 'NUMBER_REFUSED', 'an integer beyond 2^53 − 1 would not keep its value; write it as a string')
}

const visitItems = (check: Check, items: readonly unknown[]): void => {
  items.forEach((item, index) => {
    pause()
    if (typeof item === 'boolean' || item === null) return
    check.stack.push(index)
    visit(check, item, false)
    check.stack.pop()
  })
}

const visitMembers = (check: Check, members: Readonly<Record<string, unknown>>, free: boolean): void => {
  const atTop = check.stack.length === 0 || (check.stack.length === 1 && check.stack[0] === 'metadata')
  for (const key of Object.keys(members)) {
    pause()
    check.stack.push(key)
    if (!free && (key === '__proto__' || (atTop && (key === 'constructor' || key === 'prototype'))))
      report(check, 'KEY_REFUSED', 'this key is not taken here')
    else if (isRefused(key)) report(check, 'CHARACTER_REFUSED', 'NUL and unpaired surrogates cannot be stored')
    else visit(check, members[key], freeMaps.has(key))
    check.stack.pop()
  }
}
