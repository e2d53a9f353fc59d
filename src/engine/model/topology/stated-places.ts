import Type, { type Static } from 'typebox'
import { described } from './described.js'
import { strict } from './fields.js'

/** Which of `files`, -1 for none, and which line of it, from 1; 0 where nobody knows. */
const Pair = Type.Unsafe<[file: number, line: number]>(Type.Array(Type.Integer({ minimum: -1 }), { minItems: 2, maxItems: 2 }))

export const StatedPlaces = described(
  strict({
    files: described(
      Type.Array(Type.String({ maxLength: 4096, pattern: '^[^\\u0000-\\u001f\\u007f]+$' })),
      'Names of files as the sender knows them; places point to them by their position, from 0, or to none by -1.',
      ['topology.yaml', 'west/shop.yaml'],
    ),
    entries: described(
      Type.Record(Type.String(), Pair),
      'File and line of the header’s entries, by kind and name, or by their position in the normal form.',
      { 'Cluster/west': [0, 4], 'gateways[0]': [0, 9] },
    ),
    objects: described(
      Type.Record(Type.String(), Type.Array(Pair)),
      'File and line of each cluster’s objects, by the cluster’s name, in the order of its `resources`; lists count as their items.',
      {
        west: [
          [1, 1],
          [1, 12],
        ],
      },
    ),
  }),
  'Written by `sightline push`, not by hand: in which file and on which line the sender has everything, so that answers name it. No part of the content.',
  { files: ['topology.yaml'], entries: { 'Cluster/west': [0, 4] }, objects: { west: [] } },
)
export type StatedPlaces = Static<typeof StatedPlaces>
