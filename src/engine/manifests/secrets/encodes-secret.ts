/** PKCS#1, PKCS#8, SEC1 and PKCS#12 begin with a small version number; a certificate begins with another sequence. */
const isPrivateDer = (bytes: Uint8Array): boolean => {
  if (bytes[0] !== 0x30 || bytes.length < 16) return false
  const length = bytes[1] ?? 0
  const at = length < 0x80 ? 2 : 2 + (length & 0x7f)
  return bytes[at] === 0x02 && bytes[at + 1] === 0x01 && (bytes[at + 2] ?? 9) <= 3
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b
const isKeyStore = (bytes: Uint8Array): boolean => bytes[0] === 0xfe && bytes[1] === 0xed && bytes[2] === 0xfe && bytes[3] === 0xed

// oxlint-disable-next-line no-control-regex -- what has these near its start is no text
const binary = /[\0-\x08\x0e-\x1a]/

/**
 * Does this base64 hide a secret: a private key or a key store, or a text that `holdsSecret` says so of? Compressed content
 * cannot be looked into and counts as one (it is what Helm stores its releases as).
 */
export const encodesSecret = (base64: string, holdsSecret: (text: string) => boolean): boolean => {
  const bytes = Buffer.from(base64, 'base64')
  if (isGzip(bytes) || isKeyStore(bytes) || isPrivateDer(bytes)) return true
  const text = bytes.toString('latin1')
  return !binary.test(text.slice(0, 200)) && holdsSecret(text)
}
