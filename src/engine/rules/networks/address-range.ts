/** The addresses of a CIDR as numbers, both ends included; IPv4 and IPv6 are apart. */
export interface AddressRange {
  readonly family: 4 | 6
  readonly first: bigint
  readonly last: bigint
}

const octets = (text: string): bigint | undefined => {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n)
}

const groups = (text: string): bigint | undefined => {
  const [head = '', tail, more] = text.split('::')
  if (more !== undefined) return undefined
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = 8 - left.length - right.length
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined
  const all = [...left, ...Array.from({ length: missing }, () => '0'), ...right]
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined
  return all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n)
}

/** Reads `10.0.0.0/16` or `fd00::/48`; undefined when it is neither. */
export const readRange = (cidr: string): AddressRange | undefined => {
  const [address = '', length] = cidr.split('/')
  const family = address.includes(':') ? 6 : 4
  const value = family === 6 ? groups(address) : octets(address)
  const bits = family === 6 ? 128 : 32
  const prefix = length === undefined ? bits : Number(length)
  if (value === undefined || !Number.isInteger(prefix) || prefix < 0 || prefix > bits) return undefined
  const size = 1n << BigInt(bits - prefix)
  const first = (value / size) * size
  return { family, first, last: first + size - 1n }
}
