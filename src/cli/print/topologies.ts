import type { TopologySummary, VersionSummary } from '#engine/model/stored/stored-version'
import type { Paint } from '#formats/text/paint'
import { table } from '#formats/text/table'

interface Listed<T> {
  readonly items: readonly T[]
}

export const printTopologies = (paint: Paint, { items }: Listed<TopologySummary>): string[] =>
  items.length === 0
    ? ['there is no topology']
    : table(
        paint,
        items.map(({ name, head, compatibility, createdAt, description }) => ({
          cells: [name, head === 0 ? 'no version' : `version ${head}`, compatibility, `since ${createdAt}`, firstLine(description)],
        })),
      )

export const printVersions = (paint: Paint, { items }: Listed<VersionSummary>): string[] =>
  items.length === 0
    ? ['there is no version']
    : table(
        paint,
        items.map(({ number, createdAt, tags, author, message }) => ({
          cells: [`${number}`, createdAt, tags.join(','), author ?? '', firstLine(message)],
        })),
      )

/** As in the log of commits: what follows the first line is for those who read one of them. */
const firstLine = (text: string | null): string => (text ?? '').trimStart().split('\n', 1)[0] ?? ''
