import Type, { type Static } from 'typebox'
import { LeftOut } from '../left-out.js'
import { Finding } from '../report.js'
import { orNull } from '../or-null.js'

/** Names of topologies and of tags; a tag is moreover neither a number nor `latest`. */
export const namePattern = '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$'

/** What a version may be called by: a number, `latest`, a tag, or `sha256:…`. */
export const refPattern = '^(sha256:[0-9a-f]{64}|[-a-z0-9]{1,63})$'

/** How a new version may differ from the one it replaces. */
export const Compatibility = Type.Enum(['NONE', 'NO_LOST_REACH', 'NO_NEW_REACH', 'FULL'])
export type Compatibility = Static<typeof Compatibility>

/** A named topology; `head` is the number of its newest version, 0 while there is none. */
export const TopologySummary = Type.Object({
  name: Type.String(),
  description: orNull(Type.String()),
  compatibility: Compatibility,
  createdAt: Type.String({ format: 'date-time' }),
  head: Type.Integer({ minimum: 0 }),
})
export type TopologySummary = Static<typeof TopologySummary>

/** What putting a topology answers; `warnings`: what was taken out of its description. */
export const TopologyAnswer = Type.Object({ ...TopologySummary.properties, warnings: Type.Array(Finding) })
export type TopologyAnswer = Static<typeof TopologyAnswer>

/** One immutable version, without its document. */
export const VersionSummary = Type.Object({
  topology: Type.String(),
  number: Type.Integer({ minimum: 1 }),
  contentHash: Type.String(),
  createdAt: Type.String({ format: 'date-time' }),
  message: orNull(Type.String()),
  author: orNull(Type.String()),
  tags: Type.Array(Type.String()),
})
export type VersionSummary = Static<typeof VersionSummary>

/** What an append answers; `unchanged`: the head had this content already and no version was added. */
export const AppendAnswer = Type.Object({
  topology: Type.String(),
  number: Type.Integer({ minimum: 1 }),
  contentHash: Type.String(),
  unchanged: Type.Boolean(),
  createdAt: Type.String({ format: 'date-time' }),
  message: orNull(Type.String()),
  author: orNull(Type.String()),
  warnings: Type.Array(Finding),
  leftOut: Type.Optional(Type.Array(LeftOut, { description: 'files, and documents of a stream, that hold no objects, by reason' })),
})
export type AppendAnswer = Static<typeof AppendAnswer>
