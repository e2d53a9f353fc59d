import type { Rule } from '../rule.js'
import { imageAuto } from './image-auto.js'
import { injectionLabelsContradict } from './injection-labels-contradict.js'
import { namespaceWithoutLabel } from './namespace-without-label.js'
import { podWithoutProxy } from './pod-without-proxy.js'
import { proxyImageDiffers } from './proxy-image-differs.js'
import { requestPolicyInAmbient } from './request-policy-in-ambient.js'
import { expressionTooLarge } from './expression-too-large.js'
import { revisionUnknown } from './revision-unknown.js'
import { routesWithoutWaypoint } from './routes-without-waypoint.js'
import { sidecarAndAmbient } from './sidecar-and-ambient.js'
import { sidecarObjectInAmbient } from './sidecar-object-in-ambient.js'
import { userOfTheProxy } from './user-of-the-proxy.js'
import { waypointNotBound } from './waypoint-not-bound.js'
import { webhookWithoutAddress } from './webhook-without-address.js'
import { webhookWithoutService } from './webhook-without-service.js'
import { webhooksOverlap } from './webhooks-overlap.js'

/** Whether proxies are where they are meant to be, once each. */
export const proxyRules: readonly Rule[] = [
  injectionLabelsContradict,
  sidecarAndAmbient,
  podWithoutProxy,
  namespaceWithoutLabel,
  imageAuto,
  userOfTheProxy,
  webhookWithoutService,
  webhooksOverlap,
  webhookWithoutAddress,
  proxyImageDiffers,
  sidecarObjectInAmbient,
  revisionUnknown,
  waypointNotBound,
  requestPolicyInAmbient,
  routesWithoutWaypoint,
  expressionTooLarge,
]
