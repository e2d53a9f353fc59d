import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '#engine/manifests/canonical-json'
import { isTextFault, parseText } from '#engine/manifests/parsing/parse-text'
import type { ParsedText, TextFault } from '#engine/manifests/parsing/parsed-text'
import { mutatedTexts } from './mutated-texts.js'
import { kubectlReader, type ReadByKubectl } from './read-by-kubectl.js'

const yamlBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))

const folders = ['examples', 'test/golden', process.env['REAL_INPUTS'] ?? ''].filter((folder) => folder !== '')
const manifests = folders.flatMap(yamlBelow)
/** Every form that YAML has, each a few lines. */
const shapes = readFileSync(join(import.meta.dirname, 'kubectl-reader/shapes.txt'), 'utf8').split('\n=====\n')

interface Comparison {
  readonly text: string
  readonly ours: ParsedText | TextFault
  readonly theirs: ReadByKubectl
}

/**
 * Where the two differ, and why that is right: `docs/decisions/0017-a-reader-of-our-own.md` has the same list. Whatever is in none of these classes is a mistake.
 */
const differences: readonly { readonly why: string; readonly is: (comparison: Comparison) => boolean }[] = [
  {
    why: 'kubectl passes over what follows a document’s one value without a word; it would be missing, so it is refused',
    is: ({ ours, theirs }) =>
      isTextFault(ours) &&
      theirs.refused === undefined &&
      (/to end here|begins with `%`/.test(ours.detail) || theirs.documents.every(isEmpty)),
  },
  {
    why: 'of keys that become one text, such as `1` and `"1"`, kubectl takes any; here it is the last, and it is told',
    is: ({ ours, theirs }) => !isTextFault(ours) && theirs.refused === undefined && ours.repeated.length > 0,
  },
  {
    why: 'after JSON kubectl does not think of YAML where fewer than four bytes are left',
    is: ({ text, ours, theirs }) => !isTextFault(ours) && /^\s*\{/.test(text) && /^json: offset|^unexpected EOF/.test(theirs.refused ?? ''),
  },
]

/** An anchor or a tag at the top, and then what is passed over. */
const isEmpty = (value: unknown): boolean => value === null || value === ''

const hasNoJson = (value: unknown): boolean =>
  typeof value === 'number' ? !Number.isFinite(value) : value !== null && typeof value === 'object' && Object.values(value).some(hasNoJson)

/** What is said, empty documents left out; numbers that JSON does not have are refused by both, here when values are checked. */
const said = (documents: readonly unknown[]): string => {
  const values = documents.filter((value) => value !== null)
  return values.some(hasNoJson) ? 'refused' : values.map(canonicalJson).join('\n')
}

const isAlike = ({ ours, theirs }: Comparison): boolean =>
  (isTextFault(ours) ? 'refused' : said(ours.documents.map(({ value }) => value))) ===
  (theirs.refused === undefined ? said(theirs.documents) : 'refused')

const reader = kubectlReader()
const left =
  'missing' in reader ? `LEFT OUT: reading beside kubectl’s own code, because that cannot be built (${reader.missing})` : undefined
if (left !== undefined) console.warn(left)

const compare = (texts: readonly string[]): readonly Comparison[] => {
  const theirs = 'missing' in reader ? [] : reader(texts)
  return texts.map((text, index) => ({ text, ours: parseText(text, 'application/yaml'), theirs: theirs[index] ?? { documents: [] } }))
}

/** What differs and should not, as one would want to see it. */
const unexplained = (comparisons: readonly Comparison[]): readonly unknown[] =>
  comparisons
    .filter((comparison) => !isAlike(comparison) && !differences.some(({ is }) => is(comparison)))
    .slice(0, 5)
    .map(({ text, ours, theirs }) => ({ text, ours: isTextFault(ours) ? ours : ours.documents.map(({ value }) => value), theirs }))

describe.skipIf(left !== undefined)('a text is read as kubectl reads it', () => {
  it('every manifest of the examples, the golden scenarios and the real inputs', () => {
    expect(compare(manifests).filter((comparison) => !isAlike(comparison))).toEqual([])
  })

  it('every form of YAML', () => {
    expect(compare(shapes).filter((comparison) => !isAlike(comparison))).toEqual([])
  })

  const small = manifests.flatMap((text) => text.split(/^---.*\n/m)).filter((text) => text.length < 2500)
  it.each([
    ['manifests', small, 2500, 1],
    ['every form of YAML', shapes, 2500, 2],
  ] as const)('changes of %s, but for what is listed', (_, originals, count, seed) => {
    const comparisons = compare(mutatedTexts(originals, count, seed))
    expect(unexplained(comparisons)).toEqual([])
    const accepted = comparisons.filter(({ ours, theirs }) => !isTextFault(ours) && theirs.refused === undefined)
    expect(accepted.length).toBeGreaterThan(count / 10)
  })
})
