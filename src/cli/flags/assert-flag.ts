import { readFileSync } from 'node:fs'
import type { SentAssertions } from '#analyst/analyst'
import type { Flag, Given } from '../command.js'

export const assertFlag: Flag = {
  takes: 'FILE',
  says: 'assertions to hold it to besides those of the document: a list of them, as YAML or JSON',
}

/** The assertions in the file that was named. */
export function readAssertFlag(given: Given): SentAssertions | undefined {
  const file = given.value('assert')
  if (file === undefined) return undefined
  return { body: readFileSync(file), mediaType: file.endsWith('.json') ? 'application/json' : 'application/yaml', name: file }
}
