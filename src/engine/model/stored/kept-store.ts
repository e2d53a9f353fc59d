import Type, { type Static } from 'typebox'

/** Which versions may go: all but the `keep` newest, and of those only what was stored before `before`; one of the two is stated. */
export const PruneRequest = Type.Object(
  {
    keep: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1, description: 'so many of the newest versions stay' })),
    before: Type.Optional(Type.String({ format: 'date-time', description: 'what was stored at this moment or later stays' })),
    dryRun: Type.Optional(Type.Boolean({ description: 'say which they are, and leave them' })),
  },
  { additionalProperties: false },
)
export type PruneRequest = Static<typeof PruneRequest>

/** Numbers of the versions that went, or would, ascending. */
export const PrunedVersions = Type.Object({
  topology: Type.String(),
  numbers: Type.Array(Type.Integer({ minimum: 1 })),
  dryRun: Type.Boolean(),
})
export type PrunedVersions = Static<typeof PrunedVersions>

const count = Type.Integer({ minimum: 0 })

/** How much was put back; contents are what versions share. */
export const RestoredStore = Type.Object({ topologies: count, versions: count, contents: count })
export type RestoredStore = Static<typeof RestoredStore>

/** How much was read, and what of it is not what its name says, with the versions (`name@number`, the first twenty) that it spoils. */
export const VerifiedStore = Type.Object({
  contents: count,
  versions: count,
  damaged: Type.Array(Type.Object({ what: Type.Enum(['CONTENT', 'VERSION']), name: Type.String(), versions: Type.Array(Type.String()) })),
})
export type VerifiedStore = Static<typeof VerifiedStore>
