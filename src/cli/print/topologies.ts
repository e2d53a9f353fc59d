import type { TopologySummary, VersionSummary } from '#engine/model/stored/stored-version'
import type { Part } from '#formats/parts/part'
import { items, name as named, sentence } from '#formats/parts/tell'

interface Listed<T> {
  readonly items: readonly T[]
}

export const tellTopologies = ({ items: all }: Listed<TopologySummary>): readonly Part[] =>
  all.length === 0
    ? [sentence('there is no topology')]
    : items(
        all.map(({ name, head, compatibility, createdAt, description }) => ({
          cells: [named(name), head === 0 ? 'no version' : `version ${head}`, compatibility, `since ${createdAt}`, firstLine(description)],
        })),
      )

export const tellVersions = ({ items: all }: Listed<VersionSummary>): readonly Part[] =>
  all.length === 0
    ? [sentence('there is no version')]
    : items(
        all.map(({ number, createdAt, tags, author, message }) => ({
          cells: [`${number}`, createdAt, tags.join(','), author ?? '', firstLine(message)],
        })),
      )

/** As in the log of commits: what follows the first line is for those who read one of them. */
const firstLine = (text: string | null): string => (text ?? '').trimStart().split('\n', 1)[0] ?? ''
