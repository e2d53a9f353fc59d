/** Numbers from 0 to 1, the same from the same seed (mulberry32). */
const randomFrom = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What a hand or a template that went wrong may put into a manifest. */
const blanks = [' ', '  ', '\t', '\n', '\n\n', '\r\n', '\u00a0', '\u2028', '\u0085']
const indicators = [':', ': ', ' :', '- ', '-', '? ', '?', ',', '[', ']', '{', '}', '#', ' # c', '%', '@', '`', '---\n', '...\n', '--- ']
const properties = ['&a ', '*a', '*a ', '!', '!!str ', '!!int ', '!t ', '<<: ']
const texts = ['|', '|-\n', '>', '>+\n', '|2\n', "'", '"', "''", '\\', '\\n', '\\x41', '"a": ', 'é', '😀', '::']
const scalars = '~ null yes no 0o14 014 0x1F 1_000 1e3 .5 -0 +1 1:30 2001-12-14 .inf'.split(' ')
const collections = ['a: b', '- a\n', '{a: 1}', '[a, b]']
const pieces = [...blanks, ...indicators, ...properties, ...texts, ...scalars, ...collections]

type Mutate = (text: string, random: () => number) => string

const at = (length: number, random: () => number): number => Math.floor(random() * length)

const onLines =
  (change: (lines: string[], random: () => number) => void): Mutate =>
  (text, random) => {
    const lines = text.split('\n')
    change(lines, random)
    return lines.join('\n')
  }

const mutations: readonly Mutate[] = [
  (text, random) => {
    const place = at(text.length + 1, random)
    return text.slice(0, place) + (pieces[at(pieces.length, random)] ?? '') + text.slice(place)
  },
  (text, random) => {
    const place = at(text.length, random)
    return text.slice(0, place) + (pieces[at(pieces.length, random)] ?? '') + text.slice(place + 1)
  },
  (text, random) => {
    const place = at(text.length, random)
    return text.slice(0, place) + text.slice(place + 1 + at(3, random))
  },
  onLines((lines, random) => void lines.splice(at(lines.length, random), 1)),
  onLines((lines, random) => void lines.splice(at(lines.length, random), 0, lines[at(lines.length, random)] ?? '')),
  onLines((lines, random) => {
    const place = at(lines.length, random)
    lines[place] = `${' '.repeat(1 + at(3, random))}${lines[place] ?? ''}`
  }),
  onLines((lines, random) => {
    const place = at(lines.length, random)
    lines[place] = (lines[place] ?? '').slice(1 + at(2, random))
  }),
  onLines((lines, random) => {
    const place = at(lines.length, random)
    lines[place] = `${lines[place] ?? ''} ${lines.splice(place + 1, 1)[0]?.trim() ?? ''}`
  }),
  onLines((lines, random) => {
    const place = at(lines.length, random)
    lines[place] =
      `${(lines[place] ?? '').replace(/: (.*)$/, (_, value: string) => `: ${['[', '{', '"', "'", '|\n', '>-\n', '&a ', '!!str '][at(8, random)] ?? ''}${value}`)}`
  }),
]

const halfCharacter = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** `count` texts, each one of the originals changed in one to four ways; the same ones every time. */
export const mutatedTexts = (originals: readonly string[], count: number, seed: number): readonly string[] => {
  const random = randomFrom(seed)
  return Array.from({ length: count }, () => {
    let text = originals[at(originals.length, random)] ?? ''
    for (let change = at(4, random); change >= 0; change--) text = mutations[at(mutations.length, random)]?.(text, random) ?? text
    return text.replaceAll(halfCharacter, '')
  })
}
