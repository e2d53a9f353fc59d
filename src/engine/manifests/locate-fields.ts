import { pausing } from '../pause.js'
import { type PlaceMark, readMark } from '../model/place-mark.js'
import type { Finding } from '../model/report.js'
import type { Locate } from './parsing/parsed-text.js'
import { linesOfAll } from './parsing/lines-of-all.js'
import type { Path } from './parsing/pointer-trie.js'
import type { Standing } from './raw-object.js'

interface Wanted {
  readonly finding: Finding
  readonly file: string | null
  readonly locate: Locate
  readonly path: Path
}

/**
 * The findings with the lines of the fields that they are about, where these can be found; others keep the marks of their objects, or entries of the header.
 *
 * A document that has findings is read once more for all of them. A field that is missing stands where what should hold it stands.
 */
export const locateFields = (findings: readonly Finding[], standingOf: (marked: PlaceMark) => Standing | undefined): Finding[] => {
  const wanted: Wanted[] = []
  for (const finding of pausing(findings)) {
    const marked = finding.source === null ? undefined : readMark(finding.source)
    if (finding.path === null || marked === undefined) continue
    const standing = standingOf(marked)
    if (standing?.locate === undefined) continue
    const path = [...standing.path, ...partsOf(pathInside(finding.path, marked))]
    wanted.push({ finding, file: standing.file, locate: standing.locate, path })
  }
  const lines = linesOfAll(wanted, (one) => one)
  const located = new Map(wanted.map((one) => [one.finding, { ...one.finding, source: { file: one.file, line: lines.get(one) ?? null } }]))
  return findings.map((finding) => located.get(finding) ?? finding)
}

/** Entries that have no name are called by their own path, with which those of their fields begin. */
const pathInside = (path: string, marked: PlaceMark): string =>
  'entry' in marked && path.startsWith(marked.entry) ? path.slice(marked.entry.length) : path

const part = /([^.[\]]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\['([^']*)'\]/g

/** The steps of a path as findings write it: `spec.http[0].route`, with keys that are no names in brackets and quotes. */
const partsOf = (path: string): readonly string[] =>
  [...path.matchAll(part)].map(([, name, index, quoted, single]) => name ?? index ?? single ?? (quoted ?? '').replace(/\\(.)/g, '$1'))
