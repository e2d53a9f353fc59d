import Type from 'typebox'
import { namePattern } from '#engine/model/stored-version'
import { ProblemDocument } from './problem.js'

/** Path, query and list shapes that several routes share. */
export const TopologyPath = Type.Object({ name: Type.String({ pattern: namePattern, description: 'name of the topology' }) })

export const VersionPath = Type.Object({
  name: Type.String({ pattern: namePattern, description: 'name of the topology' }),
  ref: Type.String({ minLength: 1, maxLength: 80, description: 'a number, `latest`, a tag, or `sha256:…`' }),
})

export const PageQuery = Type.Object(
  {
    first: Type.Optional(Type.Integer({ description: 'items on the page, 1 to 100; 20 unless given' })),
    after: Type.Optional(Type.String({ description: 'cursor of an earlier page' })),
  },
  { additionalProperties: false },
)

export const WriteQuery = Type.Object(
  {
    expectedVersion: Type.Optional(Type.Integer({ minimum: 0, description: 'newest version the writer saw; 0: there must be none' })),
    message: Type.Optional(Type.String({ maxLength: 2000 })),
    author: Type.Optional(Type.String({ maxLength: 200 })),
    dryRun: Type.Optional(Type.Boolean({ description: 'do everything but store' })),
  },
  { additionalProperties: false },
)

export const listOf = <T extends Type.TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    page: Type.Object({ nextCursor: Type.Union([Type.String(), Type.Null()]), hasMore: Type.Boolean() }),
  })

/** The failures that a route may answer with, for its description. */
export const problems = (...statuses: readonly number[]): Record<number, typeof ProblemDocument> =>
  Object.fromEntries(statuses.map((status) => [status, ProblemDocument]))
