import type { Fault } from './app-error.js'
import type { DestinationInput } from './question.js'

/**
 * A header that a destination states in no way, or in two that contradict each other: one of them would be passed over in silence.
 *
 * `place` is the destination's pointer.
 */
export function findHeaderFault({ headers }: DestinationInput, place = '#/to'): Fault | undefined {
  const given = headers ?? []
  for (const [index, header] of given.entries()) {
    const detail = contradictionIn(header, given)
    if (detail !== undefined) return { code: 'HEADER_CONTRADICTORY', detail, pointer: `${place}/headers/${index}` }
  }
  return undefined
}

type Header = NonNullable<DestinationInput['headers']>[number]

function contradictionIn({ name, value, absent }: Header, all: readonly Header[]): string | undefined {
  const hasValue = value !== undefined && value !== null
  if (absent !== true) return hasValue ? undefined : `header \`${name}\` has neither a \`value\` nor \`absent: true\``
  if (hasValue) return `header \`${name}\` has a \`value\` and is said to be absent`
  const other = all.find((each) => each.absent !== true && each.name.toLowerCase() === name.toLowerCase())
  return other === undefined ? undefined : `header \`${name}\` is said to be absent and is given with a value as well`
}
