import type { Rule } from '../rule.js'
import { addressTwice } from './address-twice.js'
import { attachedToGatewayApi } from './attached-to-gateway-api.js'
import { backendMissing } from './backend-missing.js'
import { credentialUnusable } from './credential-unusable.js'
import { gatewayNotFound } from './gateway-not-found.js'
import { gatewaySelectsNothing } from './selects-nothing.js'
import { grantToNobody } from './grant-to-nobody.js'
import { hostOnNoServer } from './host-on-no-server.js'
import { listenerClosed } from './listener-closed.js'
import { listenerConflict } from './listener-conflict.js'
import { notExportedToGateway } from './not-exported-to-gateway.js'
import { portWithoutService } from './port-without-service.js'
import { referenceNotGranted } from './reference-not-granted.js'
import { routeWithoutGateway } from './route-without-gateway.js'
import { routesOfOtherKind } from './routes-of-other-kind.js'
import { serverLeftOut } from './server-left-out.js'
import { sharedCertificate } from './shared-certificate.js'

/** Whether gateways open what is meant to come in, and routes are bound to them. */
export const gatewayRules: readonly Rule[] = [
  gatewayNotFound,
  gatewaySelectsNothing,
  hostOnNoServer,
  attachedToGatewayApi,
  credentialUnusable,
  portWithoutService,
  serverLeftOut,
  sharedCertificate,
  notExportedToGateway,
  routeWithoutGateway,
  backendMissing,
  listenerConflict,
  addressTwice,
  referenceNotGranted,
  grantToNobody,
  listenerClosed,
  routesOfOtherKind,
]
