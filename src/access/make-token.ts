import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** By which scanners of secrets know that they have found one, beside the checksum at its end. */
const prefix = 'slt_'
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 256 bits, and 32 of a checksum, in that alphabet. */
const [secretLength, checkLength] = [43, 6]
const shape = new RegExp(`^${prefix}[0-9A-Za-z]{${secretLength + checkLength}}$`)

/** A new token: `slt_`, 256 random bits, and their CRC of 32 bits, so that a mistyped one is known without asking the store. */
export function makeToken(): string {
  const secret = written(BigInt(`0x${randomBytes(32).toString('hex')}`), secretLength)
  return `${prefix}${secret}${checkOf(secret)}`
}

/** Could this be a token? Its checksum says so. */
export function isToken(text: string): boolean {
  if (!shape.test(text)) return false
  const secret = text.slice(prefix.length, prefix.length + secretLength)
  return text.slice(prefix.length + secretLength) === checkOf(secret)
}

/** What is kept of a token: 256 random bits need no more than a hash. */
export const digestOf = (token: string): Uint8Array => createHash('sha256').update(token).digest()

const checkOf = (secret: string): string => written(BigInt(crc32(secret)), checkLength)

function written(value: bigint, length: number): string {
  let text = ''
  for (let rest = value; text.length < length; rest /= 62n) text = `${alphabet[Number(rest % 62n)]}${text}`
  return text
}
