/** An address as a number with its width in bits; undefined when the text is none. */
function numberOf(text: string): { readonly value: bigint; readonly bits: 32 | 128 } | undefined {
  if (/^\d{1,3}(\.\d{1,3}){3}$/u.test(text)) {
    const bytes = text.split('.').map(Number)
    if (bytes.some((byte) => byte > 255)) return undefined
    return { value: bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n), bits: 32 }
  }
  const groups = text.length > 45 ? undefined : groupsOf(text)
  return groups === undefined ? undefined : { value: groups.reduce((sum, group) => sum * 65_536n + BigInt(group), 0n), bits: 128 }
}

function groupsOf(text: string): readonly number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2 || !text.includes(':')) return undefined
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const groups = [...head, ...Array.from({ length: halves.length === 2 ? missing : 0 }, () => '0'), ...tail]
  return groups.every((group) => /^[0-9a-f]{1,4}$/iu.test(group)) ? groups.map((group) => Number.parseInt(group, 16)) : undefined
}

interface Block {
  readonly value: bigint
  readonly bits: 32 | 128
  readonly prefix: number
}

/** The blocks of a document's policies are few, and each is held against every other end. */
const known = new Map<string, Block | undefined>()
const mostKnown = 4096

function parseBlock(text: string): Block | undefined {
  if (known.has(text)) return known.get(text)
  const block = readBlock(text)
  if (known.size >= mostKnown) known.clear()
  known.set(text, block)
  return block
}

function readBlock(text: string): Block | undefined {
  const [address = '', length, ...rest] = text.split('/')
  const parsed = numberOf(address)
  if (parsed === undefined || rest.length > 0) return undefined
  const prefix = length === undefined ? parsed.bits : /^\d{1,3}$/u.test(length) ? Number(length) : -1
  return prefix < 0 || prefix > parsed.bits ? undefined : { ...parsed, prefix }
}

/** Is this an address or CIDR that Istio would accept? Others change what a rule means (AUTHZ-23). */
export const isBlock = (text: string): boolean => parseBlock(text) !== undefined

const lastOf = ({ value, bits, prefix }: Block): bigint => value | ((1n << BigInt(bits - prefix)) - 1n)
const firstOf = ({ value, bits, prefix }: Block): bigint => (value >> BigInt(bits - prefix)) << BigInt(bits - prefix)

/** How much of `candidates` (an address, or a CIDR somewhere in which the address lies) the block takes in. */
export function blockTakes(text: string, candidates: string): 'ALL' | 'SOME' | 'NONE' {
  const [block, other] = [parseBlock(text), parseBlock(candidates)]
  if (block === undefined || other === undefined || block.bits !== other.bits) return 'NONE'
  if (firstOf(block) <= firstOf(other) && lastOf(other) <= lastOf(block)) return 'ALL'
  return lastOf(other) < firstOf(block) || lastOf(block) < firstOf(other) ? 'NONE' : 'SOME'
}
