export interface Tag {
  readonly name: string
  readonly closes: boolean
  readonly isEmpty: boolean
  /** Names alone. */
  readonly attributes: readonly string[]
  /** The text in front of it. */
  readonly before: string
}

const tag = /([^<]*)<(\/?)([a-z-]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>/y

/** The tags of an XML text, read strictly: whatever is no tag and no text behind the first line throws. */
export function* tagsOf(text: string): Generator<Tag> {
  const end = text.trimEnd().length
  tag.lastIndex = text.indexOf('?>') + 2
  while (tag.lastIndex < end) {
    const at = tag.lastIndex
    const [, before = '', closes, name, attributes = '', empty] = tag.exec(text) ?? []
    if (name === undefined) throw new Error(`no tag at: ${text.slice(at, at + 80)}`)
    const names = [...attributes.matchAll(/([a-z]+)=/g)].map(([, key]) => key ?? '')
    yield { name, closes: closes === '/', isEmpty: empty === '/', attributes: names, before }
  }
}
