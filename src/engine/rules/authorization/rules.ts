import type { Rule } from '../rule.js'
import { addressBehindGateway } from './address-behind-gateway.js'
import { callersWithoutIdentity } from './callers-without-identity.js'
import { claimRouteWithoutTokens } from './claim-route-without-tokens.js'
import { customDryRun } from './custom-dry-run.js'
import { foreignTrustDomain } from './foreign-trust-domain.js'
import { httpConditionOnTcpPort } from './http-condition-on-tcp-port.js'
import { policySelectsNothing } from './policy-selects-nothing.js'
import { principalOfNobody } from './principal-of-nobody.js'
import { servicePortInPolicy } from './service-port-in-policy.js'
import { targetNotFound } from './target-not-found.js'
import { targetWithoutWaypoint } from './target-without-waypoint.js'
import { tokenNeverRead } from './token-never-read.js'
import { unknownMethod } from './unknown-method.js'
import { principalOfOtherIssuer } from './principal-of-other-issuer.js'
import { unknownNamespace } from './unknown-namespace.js'
import { unprovenIdentity } from './unproven-identity.js'
import { unusableProvider } from './unusable-provider.js'

/** Authorization policies that do not say what they are meant to. */
export const authorizationRules: readonly Rule[] = [
  policySelectsNothing,
  unknownNamespace,
  principalOfNobody,
  foreignTrustDomain,
  unprovenIdentity,
  httpConditionOnTcpPort,
  servicePortInPolicy,
  unusableProvider,
  unknownMethod,
  tokenNeverRead,
  claimRouteWithoutTokens,
  callersWithoutIdentity,
  customDryRun,
  targetNotFound,
  addressBehindGateway,
  principalOfOtherIssuer,
  targetWithoutWaypoint,
]
