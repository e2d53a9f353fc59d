import { AppError, type ErrorCode } from '#engine/model/app-error'
import type { Dependencies } from '#operations/dependencies'
import type { FoundVersion } from '#operations/versions/find-version'
import { readVersion } from '#operations/versions/read-version'
import type { TopologyVersionMapper } from '../mappers.js'

const absences: readonly ErrorCode[] = ['TOPOLOGY_NOT_FOUND', 'VERSION_NOT_FOUND']

/** Null where an operation says that the thing does not exist: looking is no mistake. */
export const orNull = async <T>(finding: Promise<T>): Promise<T | null> =>
  finding.catch((error: unknown) => {
    if (error instanceof AppError && absences.includes(error.code)) return null
    throw error
  })

/** A version as its fields' resolvers need it; spread, it would be laid out anew for each request. */
export const versionSource = ({ summary, content }: FoundVersion): TopologyVersionMapper => {
  const { topology, number, contentHash, createdAt, message, author, tags } = summary
  return { topology, number, contentHash, createdAt, message, author, tags, content }
}

type Content = FoundVersion['content']

/** Asks something of a version's content. */
export const ask = async <T>(
  { topology, number, content }: TopologyVersionMapper,
  dependencies: Dependencies,
  question: (content: Content) => Promise<T>,
): Promise<T> => question(content ?? (await readVersion(dependencies, { topology, ref: `${number}` })).content)
