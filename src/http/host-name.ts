import { isIPv6 } from 'node:net'

/**
 * The name in a `Host` field or in the authority of an address, in the one form that names are compared in: its port left out, in lower
 * case, without the dot at its end, IPv6 as short as it gets, in brackets; undefined: there is none (RFC 9110 §7.2).
 */
export function readHostName(text: string): string | undefined {
  const [, literal, stated] = /^(?:\[([\da-f:.]+)\]|([\w.-]{1,254}))(?::\d{0,5})?$/i.exec(text) ?? []
  if (literal !== undefined) return isIPv6(literal) ? new URL(`http://[${literal}]`).hostname : undefined
  const name = stated?.toLowerCase().replace(/\.$/, '') ?? ''
  return name === '' || name.startsWith('.') || name.includes('..') ? undefined : name
}
