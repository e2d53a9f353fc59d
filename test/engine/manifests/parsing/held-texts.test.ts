import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { isTextFault, parseText } from '#engine/manifests/parsing/parse-text'
import { pointerTrie } from '#engine/manifests/parsing/pointer-trie'
import { rereadTexts } from '#engine/manifests/parsing/text-source'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const megabyte = 1024 * 1024

/** What strings as large as files take, once nothing is left of those that nobody holds. */
const heldByTexts = (): number => {
  collect()
  collect()
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === 'large_object_space')?.space_used_size ?? 0
}

/** A file of half a megabyte, no two alike, that says this. */
const large = (said: string, number: number): string => `# ${`${number} `.repeat(80_000)}\n${said.replaceAll('N', `number-${number}`)}`

const parsed = (text: Parameters<typeof parseText>[0]) => {
  const read = parseText(text, 'application/yaml')
  if (isTextFault(read)) throw new Error(read.detail)
  return read
}

describe('what was read of a text', () => {
  it.each([
    ['a plain value', 'host: reviews.shop.N.svc.cluster.local\n'],
    ['a plain value over several lines', 'host: reviews.shop.N.svc.cluster.local\n  and another line of N\n'],
    ['a value in double quotes', 'host: "reviews.shop.N.svc.cluster.local"\n'],
    ['a value in double quotes with escapes', 'host: "reviews.shop.N.svc\\n.cluster.local"\n'],
    ['a value in single quotes', "host: 'reviews.shop.N.svc.cluster.local'\n"],
    ['a value in single quotes with a quote', "host: 'reviews.shop.N.svc''s cluster.local'\n"],
    ['a text after |', 'host: |\n  reviews.shop.N.svc.cluster.local\n  and another line of N\n'],
    ['a text after >', 'host: >-\n  reviews.shop.N.svc.cluster.local\n  and another line of N\n'],
    ['an item within brackets', 'hosts: [reviews.shop.N.svc.cluster.local, "ratings.shop.N.svc.cluster.local"]\n'],
    ['a key', '? reviews.shop.N.svc.cluster.local\n: 1\nratings.shop.N.svc.cluster.local: 2\n'],
    ['a value with a tag and an anchor', 'host: &host !!str reviews.shop.N.svc.cluster.local\nother: *host\n'],
    ['JSON', '{"host":"reviews.shop.N.svc.cluster.local","N-and-more-of-a-key":["ratings.shop.N.svc.cluster.local"]}\n'],
  ])('does not hold the file that it stood in: %s', (_form, said) => {
    const before = heldByTexts()
    // JSON has no comments: blanks are as good.
    const textOf = (number: number) =>
      said.startsWith('{') ? `${' '.repeat(600_000)}${said.replaceAll('N', `n${number}`)}` : large(said, number)
    const values = Array.from({ length: 12 }, (_none, number) => parsed(textOf(number)).documents.map(({ value }) => value))
    expect(heldByTexts() - before).toBeLessThan(megabyte)
    expect(JSON.stringify(values)).toContain('11')
  })

  it('is the same whether it is made anew or remembered, also where characters take two units', () => {
    const words = ['abcdefghijklmnopq', 'abcdefghijklmnoqq', '😀😀😀😀😀😀😀😀', 'aaaaaaaaaaaa😀', 'ａｂｃｄｅｆｇｈｉｊｋｌｍｎ']
    const twice = [...words, ...words]
    expect(parsed(twice.map((word) => `- ${word}\n- "${word}"\n`).join('')).documents[0]?.value).toEqual(
      twice.flatMap((word) => [word, word]),
    )
  })
})

describe('a text that can be read again', () => {
  const said = (number: number): string => `a: ${number}\r\n---\r\nb:\r\n  c: [x, ${number}]\r\n`

  const opened = () => {
    const reread = rereadTexts()
    const reads: number[] = []
    const read = (number: number) => {
      const text = large(said(number), number)
      return parsed(reread(text, () => (reads.push(number), large(said(number), number)))).documents
    }
    return { reads, files: Array.from({ length: 12 }, (_none, number) => read(number)) }
  }

  it('is held no longer than the next few are read', () => {
    const before = heldByTexts()
    const { files } = opened()
    expect(heldByTexts() - before).toBeLessThan(5 * megabyte)
    expect(files).toHaveLength(12)
  })

  it('is read when a place is asked for, and once for all that is asked of it in a row', () => {
    const { reads, files } = opened()
    expect(reads).toEqual([])
    const [, second] = files[3] ?? []
    const trie = pointerTrie([['b', 'c', 1]])
    const node = trie.children.get('b')?.children.get('c')?.children.get('1')
    expect(node && second?.locate(trie).get(node)).toEqual({ line: 5, column: 10 })
    expect(second?.lineOf()()).toBe(4)
    expect(second?.again()).toEqual({ b: { c: ['x', 3] } })
    expect(reads).toEqual([3])
  })

  it('of two that are compared each is read once', () => {
    const { reads, files } = opened()
    for (let round = 0; round < 3; round++) for (const file of [files[1], files[2]]) file?.[round % 2]?.locate(pointerTrie([['a']]))
    expect(reads).toEqual([1, 2])
  })

  it('is read once, too, where it is many JSON values one after the other', () => {
    const reads: string[] = []
    const text = Array.from({ length: 40 }, (_none, number) => `{ "a": ${number} }\n`).join('')
    const { documents } = parsed(rereadTexts()(text, () => (reads.push('again'), text)))
    const lines = documents.map(
      (document) =>
        document
          .locate(pointerTrie([['a']]))
          .values()
          .next().value?.line,
    )
    expect(lines).toEqual(Array.from({ length: 40 }, (_none, number) => number + 1))
    expect(documents.map((document) => document.again())).toEqual(Array.from({ length: 40 }, (_none, a) => ({ a })))
    expect(reads).toEqual([])
  })
})
