import type { Flag, Given, Surroundings } from './command.js'
import type { Paint } from './print/paint.js'
import { printable } from './print/printable.js'

export const formatFlag: Flag = {
  takes: 'FORMAT',
  choices: ['text', 'json'],
  says: '`text` for people, `json` as REST answers; text unless stated',
}

/** Writes an answer in the format asked for: as it is, or as `print` tells it to a person. */
export async function printAnswer<T>(
  given: Given,
  { out, paint }: Surroundings,
  answer: T,
  print: (paint: Paint, answer: T) => readonly string[],
): Promise<void> {
  if (given.value('format') === 'json') return out(`${JSON.stringify(answer, null, 2)}\n`)
  return out(`${print(paint, printable(answer)).join('\n')}\n`)
}
