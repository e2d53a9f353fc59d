import Type, { type Static } from 'typebox'
import type { ReasonCode } from './reasons.js'
import { ResourceRef } from './resource-ref.js'
import { ToldAssumption } from './step.js'
import { orNull } from './or-null.js'

export const VisibleEndpoint = Type.Object({
  address: Type.String(),
  port: Type.Integer(),
  cluster: orNull(Type.String()),
  network: orNull(Type.String()),
  locality: orNull(Type.String()),
  weight: Type.Integer(),
  priority: Type.Integer(),
  viaGateway: Type.Boolean(),
  health: Type.String(),
})
export type VisibleEndpoint = Static<typeof VisibleEndpoint>

export const DroppedEndpoint = Type.Object({
  address: Type.String(),
  cluster: orNull(Type.String()),
  reason: Type.Unsafe<ReasonCode>(Type.String()),
  because: Type.Array(ResourceRef),
})
export type DroppedEndpoint = Static<typeof DroppedEndpoint>

/** A named part of a service's endpoints; the default one is named "" and comes first. */
export const VisibleSubset = Type.Object({
  name: Type.String(),
  tls: Type.String(),
  endpoints: Type.Array(VisibleEndpoint),
  dropped: Type.Array(DroppedEndpoint),
})
export type VisibleSubset = Static<typeof VisibleSubset>

export const VisiblePort = Type.Object({
  number: Type.Integer(),
  name: Type.String(),
  protocol: Type.String(),
  subsets: Type.Array(VisibleSubset),
})
export type VisiblePort = Static<typeof VisiblePort>

/** A route of the Gateway API that is attached to a service, or meant to be: whether it acts on what the source calls, and why not. */
export const VisibleRoute = Type.Object({
  route: ResourceRef,
  applies: Type.Boolean(),
  message: Type.String(),
  because: Type.Array(ResourceRef),
})
export type VisibleRoute = Static<typeof VisibleRoute>

/** A service that the source's proxy is given (or, without a proxy, that its cluster's DNS resolves). */
export const VisibleService = Type.Object({
  host: Type.String(),
  namespace: Type.String(),
  resolvesTo: Type.Array(Type.String()),
  because: Type.Array(ResourceRef),
  ports: Type.Array(VisiblePort),
  routes: Type.Array(VisibleRoute),
})
export type VisibleService = Static<typeof VisibleService>

export const HiddenService = Type.Object({
  host: Type.String(),
  namespace: Type.String(),
  reason: Type.Unsafe<ReasonCode>(Type.String()),
  message: Type.String(),
  because: Type.Array(ResourceRef),
})
export type HiddenService = Static<typeof HiddenService>

export const Page = Type.Object({ nextCursor: orNull(Type.String()), hasMore: Type.Boolean() })
export type Page = Static<typeof Page>

/** One page of what a source sees; `hidden` are the services of its control plane that it does not see. */
export const ServiceVisibility = Type.Object({
  services: Type.Array(VisibleService),
  hidden: Type.Array(HiddenService),
  assumptions: Type.Array(ToldAssumption),
  page: Page,
})
export type ServiceVisibility = Static<typeof ServiceVisibility>
