import Type, { type Static } from 'typebox'
import { DestinationInput, SourceInput, text } from '../question.js'
import { described } from './described.js'
import { strict } from './fields.js'

/** Everybody, or every Service. */
const all = Type.Literal('*')

/** Labels as questions state them, or as objects do. */
const labels = Type.Optional(
  Type.Union([SourceInput.properties.labels, Type.Record(Type.String({ maxLength: 512 }), Type.String({ maxLength: 8192 }))]),
)

const tenant = text('A tenant of the document: its namespaces, clusters or meshes.', 'team-1')

export const AssertionCallers = Type.Union([
  all,
  strict({
    ...SourceInput.properties,
    cluster: text('The cluster, or a pattern of clusters; absent: every one.', 'west', 'west-*'),
    namespace: text('The namespace, or a pattern of namespaces; absent: every one.', 'shop', 'team-*'),
    labels: described(labels, 'Labels that they have, as a map or as a list of names and values.', { app: 'client' }),
    tenant,
  }),
])
export type AssertionCallers = Static<typeof AssertionCallers>

export const AssertionServers = Type.Union([
  all,
  strict({
    ...DestinationInput.properties,
    host: described(Type.Optional(DestinationInput.properties.host), 'The host; absent: every Service of those chosen.', 'reviews.shop'),
    cluster: text('Only servers in this cluster, or in clusters of this pattern.', 'east'),
    namespace: text('Only servers in this namespace, or in namespaces of this pattern.', 'shop', 'team-*'),
    workload: text('Only servers of this workload.', 'Deployment/reviews'),
    serviceAccount: text('Only servers with this service account.', 'reviews'),
    labels: described(labels, 'Only servers with these labels, as a map or as a list of names and values.', { app: 'reviews' }),
    tenant,
  }),
])
export type AssertionServers = Static<typeof AssertionServers>
