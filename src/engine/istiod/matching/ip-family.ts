import { flatMap } from '../../flat-map.js'

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/

/** Which family of IP address the text is; undefined for anything else. The engine may not import `node:net`. */
export function ipFamily(text: string): 4 | 6 | undefined {
  if (IPV4.test(text)) return 4
  if (text.length > 45 || !text.includes(':') || !/^[0-9a-fA-F:.]+$/.test(text)) return undefined
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const groups = flatMap(halves, (half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1) ?? ''
  const embedded = IPV4.test(last)
  const hex = embedded ? groups.slice(0, -1) : groups
  if (!hex.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined
  const count = hex.length + (embedded ? 2 : 0)
  return (halves.length === 2 ? count < 8 : count === 8) ? 6 : undefined
}

/** An address of whoever dials it: 127.0.0.0/8, or ::1. */
export const isLoopback = (text: string): boolean =>
  text.includes(':') ? /^(?:0{0,4}:){2,7}0{0,3}1$/.test(text) : IPV4.test(text) && text.startsWith('127.')
