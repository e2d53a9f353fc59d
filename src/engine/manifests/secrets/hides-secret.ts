/** Where the content of a sequence begins. */
const contentAt = (bytes: Uint8Array): number => {
  const length = bytes[1] ?? 0
  return length < 0x80 ? 2 : 2 + (length & 0x7f)
}

const isSequence = (bytes: Uint8Array): boolean => bytes[0] === 0x30 && bytes.length >= 16

/** PKCS#1, PKCS#8, SEC1 and PKCS#12 begin with a small version number; a certificate begins with another sequence. */
const isPrivateDer = (bytes: Uint8Array): boolean => {
  const at = contentAt(bytes)
  return isSequence(bytes) && bytes[at] === 0x02 && bytes[at + 1] === 0x01 && (bytes[at + 2] ?? 9) <= 3
}

/** An encrypted private key begins with how it is encrypted: 1.2.840.113549.1.5 or .12, PKCS #5 or #12. */
const encryption = [0x06, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01] as const
const isEncryptedDer = (bytes: Uint8Array): boolean => {
  const outer = contentAt(bytes)
  if (!isSequence(bytes) || bytes[outer] !== 0x30) return false
  const inner = outer + contentAt(bytes.subarray(outer))
  const identifier = [bytes[inner] ?? 0, ...bytes.subarray(inner + 2, inner + 9)]
  const scheme = bytes[inner + 9]
  return encryption.every((byte, at) => identifier[at] === byte) && (scheme === 5 || scheme === 12)
}

/** Key stores, key files and compressed content, by their first bytes. */
const beginnings: readonly (readonly number[])[] = [
  [0x1f, 0x8b],
  [0x78, 0x9c],
  [0x78, 0xda],
  [0x78, 0x01],
  [0x42, 0x5a, 0x68],
  [0xfd, 0x37, 0x7a, 0x58],
  [0x28, 0xb5, 0x2f, 0xfd],
  [0x50, 0x4b, 0x03, 0x04],
  [0xfe, 0xed, 0xfe, 0xed],
  [0xce, 0xce, 0xce, 0xce],
  [...Buffer.from('openssh-key-v1')],
  [...Buffer.from('age-encryption.org')],
]

const beginsWith = (bytes: Uint8Array, beginning: readonly number[]): boolean => beginning.every((byte, at) => bytes[at] === byte)

/** Does DER hold a private key, plain or encrypted? */
export const isPrivateKey = (bytes: Uint8Array): boolean => isPrivateDer(bytes) || isEncryptedDer(bytes)

// oxlint-disable-next-line no-control-regex -- what has these near its start is no text
const binary = /[\0-\x08\x0e-\x1a]/

/**
 * Do these bytes hide a secret: a private key or a key store, or a text that `holdsSecret` says so of? Compressed content cannot be
 * looked into and counts as one (it is what Helm stores its releases as).
 */
export const hidesSecret = (bytes: Buffer, holdsSecret: (text: string) => boolean): boolean => {
  if (isPrivateKey(bytes) || beginnings.some((beginning) => beginsWith(bytes, beginning))) return true
  const isWide = bytes.length > 7 && bytes[1] === 0 && bytes[3] === 0 && bytes[0] !== 0
  const text = bytes.toString(isWide ? 'utf16le' : 'latin1')
  return !binary.test(text.slice(0, 200)) && holdsSecret(text)
}
