/** An IP address or CIDR as a number and its prefix length. */
interface Range {
  readonly bits: 32 | 128
  readonly value: bigint
  readonly prefix: number
}

/** A number as addresses are written with: digits, no zero before others. */
const isNumber = (text: string): boolean => /^(?:0|[1-9]\d{0,2})$/.test(text)

const ofV4 = (text: string): bigint | undefined => {
  const parts = text.split('.')
  if (parts.length !== 4 || parts.some((part) => !isNumber(part) || Number(part) > 255)) return undefined
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n)
}

const ofV6 = (text: string): bigint | undefined => {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - groups.flat().length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const all = [...(groups[0] ?? []), ...(halves.length === 1 ? [] : Array.from({ length: missing }, () => '0')), ...(groups[1] ?? [])]
  if (all.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined
  return all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n)
}

/** Reads an address or a CIDR; undefined when it is neither. */
const read = (text: string): Range | undefined => {
  const [address = '', length, ...rest] = text.split('/')
  if (rest.length > 0 || (length !== undefined && !isNumber(length))) return undefined
  const bits = address.includes(':') ? 128 : 32
  const value = bits === 128 ? ofV6(address) : ofV4(address)
  const prefix = length === undefined ? bits : Number(length)
  if (value === undefined || prefix > bits) return undefined
  return { bits, value, prefix }
}

interface Cidr {
  readonly prefix: number
  /** No bit is set beyond the prefix. */
  readonly isMasked: boolean
  /** The same for all texts of one block, to be compared. */
  readonly identity: string
  contains(address: string): boolean
}

/** A CIDR that addresses can be tested against; undefined when the text is none. */
export const parseCidr = (text: string): Cidr | undefined => {
  const range = read(text)
  if (range === undefined) return undefined
  const shift = BigInt(range.bits - range.prefix)
  const network = range.value >> shift
  return {
    prefix: range.prefix,
    isMasked: network << shift === range.value,
    identity: `${range.bits}/${range.prefix}/${network}`,
    contains: (address) => {
      const other = read(address)
      return other !== undefined && other.bits === range.bits && other.value >> shift === network
    },
  }
}
