/** Fixed hexadecimal text of this length for a name, as hashes and UIDs look: the generator knows no randomness. */
export function identifier(name: string, length: number): string {
  let text = ''
  let state = 0x811c9dc5
  while (text.length < length) {
    for (const letter of name) state = Math.imul(state ^ letter.charCodeAt(0), 0x01000193) >>> 0
    state = Math.imul(state ^ text.length ^ 0x5bd1e995, 0x01000193) >>> 0
    text += state.toString(16).padStart(8, '0')
  }
  return text.slice(0, length)
}

/** The same as a UID. */
export function uidOf(name: string): string {
  const text = identifier(name, 32)
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
}
