import Type, { type Static } from 'typebox'
import { described } from './described.js'
import { Name, strict } from './fields.js'

export const MeshHeader = described(
  strict({
    name: described(Name, 'The mesh ID, as `meshID` in the values of an installation.', 'mesh1'),
    trustDomain: Type.Optional(
      described(
        Name,
        'The first part of every identity in the mesh. Absent: what its MeshConfig says, else `cluster.local`.',
        'cluster.local',
      ),
    ),
    commonRoot: Type.Optional(
      described(
        Type.Boolean(),
        'Stated where no certificates are given: all control planes of the mesh chain to one root. Certificates that say otherwise count for more.',
        true,
      ),
    ),
  }),
  'A mesh: the control planes and proxies under one administration. Needed only where no object names the mesh, or to state what no object says; where the list is given, a name that is not in it is a finding.',
  { name: 'mesh1', trustDomain: 'cluster.local' },
)
export type MeshHeader = Static<typeof MeshHeader>
