import Type, { type Static } from 'typebox'
import { SourceInput, text } from '../question.js'
import { described } from '../topology/described.js'

/**
 * Whom a question is about, on whichever side of a call: a service (`host`, with its `namespace` where it is short), those that a source may state, an
 * identity (`spiffeId`), or a tenant of the document. What is not stated narrows nothing.
 */
export const SubjectInput = Type.Object(
  {
    ...SourceInput.properties,
    cluster: text('The cluster; absent: all.', 'west'),
    namespace: text('The namespace: of the service, or of the workloads.', 'shop'),
    host: text('A service by its host: short with `namespace`, or full.', 'reviews', 'reviews.shop.svc.cluster.local'),
    spiffeId: text('Everybody who runs as this identity.', 'spiffe://cluster.local/ns/shop/sa/client'),
    tenant: described(SourceInput.properties.workload, 'A tenant of the document, by its name.', 'bank'),
  },
  { additionalProperties: false },
)
export type SubjectInput = Static<typeof SubjectInput>
