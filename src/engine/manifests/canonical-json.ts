const keyTexts = new Map<string, string>()

/** Keys repeat; quoting them once is worth a small, bounded memory. */
const keyText = (key: string): string => {
  let text = keyTexts.get(key)
  if (text === undefined) {
    text = `${JSON.stringify(key)}:`
    if (keyTexts.size < 20_000 && key.length < 100) keyTexts.set(key, text)
  }
  return text
}

// oxlint-disable-next-line no-control-regex -- these are what JSON must escape
const needsEscape = /["\\\u0000-\u001f\ud800-\udfff]/

const stringText = (value: string): string => (needsEscape.test(value) ? JSON.stringify(value) : `"${value}"`)

/**
 * RFC 8785: no blanks, keys in the order of their UTF-16 units, numbers and strings as ECMAScript writes them. Members that
 * are undefined are left out. Values are plain data that `checkValues` has let through.
 */
export const canonicalJson = (value: unknown): string => {
  if (typeof value === 'string') return stringText(value)
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = value as Readonly<Record<string, unknown>>
  let text = ''
  for (const key of Object.keys(members).sort()) {
    const member = members[key]
    if (member !== undefined) text += `${text === '' ? '' : ','}${keyText(key)}${canonicalJson(member)}`
  }
  return `{${text}}`
}
