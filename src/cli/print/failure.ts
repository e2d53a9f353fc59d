import type { Fault } from '#engine/model/app-error'
import type { Failure } from '../failure.js'
import { printableText } from '#formats/text/printable'

const most = 20

/** What went wrong, then each fault with its file, line and path, then what may have been meant. */
export function printFailure({ message, details }: Failure): string {
  const { errors = [], suggestions = [] } = details
  const lines = [
    `sightline: ${message}`,
    ...errors.slice(0, most).flatMap((fault) => {
      const told = describeFault(fault)
      return errors.length === 1 && told === message ? [] : [`  ${told}`]
    }),
    ...(errors.length > most ? [`  and ${errors.length - most} more`] : []),
    ...(suggestions.length === 0 ? [] : [`  did you mean ${suggestions.map((each) => `\`${each}\``).join(', ')}?`]),
  ]
  return `${printableText(lines.join('\n'))}\n`
}

function describeFault({ detail, pointer, parameter, source }: Fault): string {
  const place = source ? [source.file, source.line, source.column].filter((part) => part !== null && part !== undefined).join(':') : ''
  const path = pointer ?? parameter ?? ''
  return `${place === '' ? '' : `${place}: `}${detail}${path === '' || path === '#' ? '' : ` (${path})`}`
}
