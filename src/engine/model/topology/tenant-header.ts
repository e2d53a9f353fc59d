import Type, { type Static } from 'typebox'
import { described } from './described.js'
import { Name, Names, strict } from './fields.js'

export const TenantHeader = described(
  strict({
    name: described(Name, 'The name of the tenant.', 'team-1'),
    kind: described(
      Type.Enum(['NAMESPACE', 'CLUSTER', 'MESH']),
      'What a tenant has for itself: namespaces, clusters or meshes.',
      'NAMESPACE',
    ),
    members: described(
      Names,
      'What belongs to it: namespaces (`shop`, `team-*`, `west/shop` for one cluster’s), or names of clusters or meshes.',
      ['team-1', 'west/team-1-*'],
    ),
  }),
  'Who shares the mesh with whom: a team, a customer. Tenants change no verdict; they say how the deployment is shared.',
  { name: 'team-1', kind: 'NAMESPACE', members: ['team-1'] },
)
export type TenantHeader = Static<typeof TenantHeader>
