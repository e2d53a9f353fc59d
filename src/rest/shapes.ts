import Type from 'typebox'
import { prose } from '#engine/model/prose'
import { namePattern, refPattern } from '#engine/model/stored/stored-version'
import { mostItems } from '#operations/page'
import { answerHeader } from './openapi/request-header.js'
import { ProblemDocument } from './problem-document.js'

/** Path, query and list shapes that several routes share. */
export const TopologyName = Type.String({ pattern: namePattern, description: 'name of the topology' })

export const TopologyPath = Type.Object({ name: TopologyName })

export const VersionPath = Type.Object({
  name: TopologyName,
  ref: Type.String({ pattern: refPattern, description: 'a number, `latest`, a tag, or `sha256:…`' }),
})

const strict = { additionalProperties: false }

/** What a person writes. */
export const proseOf = (maxLength: number) => Type.String({ maxLength, pattern: prose })

/** Of routes that have no parameters in their query: one that is misspelt or not there yet is refused, not passed over. */
export const NoQuery = Type.Object({}, strict)

export const PageQuery = Type.Object(
  {
    first: Type.Optional(Type.Integer({ minimum: 1, maximum: mostItems, default: 20, description: 'items on the page' })),
    after: Type.Optional(Type.String({ maxLength: 2048, description: 'cursor of an earlier page' })),
  },
  strict,
)

/** In which cluster the objects of a stream are. */
export const StreamCluster = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: 253,
    pattern: '^[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]+$',
    default: 'default',
    description: 'of a stream of Kubernetes objects: the cluster that they are in; a topology document names its own',
  }),
)

export const WriteQuery = Type.Object(
  {
    expectedVersion: Type.Optional(Type.Integer({ minimum: 0, description: 'newest version the writer saw; 0: there must be none' })),
    message: Type.Optional(proseOf(2000)),
    author: Type.Optional(proseOf(200)),
    requirePass: Type.Optional(Type.Boolean({ description: 'store nothing of which an assertion does not hold: 422 instead' })),
    dryRun: Type.Optional(Type.Boolean({ description: 'do everything but store' })),
  },
  strict,
)

export const AppendQuery = Type.Object({ ...WriteQuery.properties, cluster: StreamCluster }, strict)

export const listOf = <T extends Type.TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    page: Type.Object({ nextCursor: Type.Union([Type.String(), Type.Null()]), hasMore: Type.Boolean() }),
  })

export const locationHeader = { Location: answerHeader('address of what was made') }

/** The failures that a route may answer with, for its description; any may be malformed, meet a bug, or come at a busy time. */
export const problems = (...statuses: readonly number[]): Record<number, typeof ProblemDocument> =>
  Object.fromEntries([400, ...statuses, 500, 503].map((status) => [status, ProblemDocument]))
