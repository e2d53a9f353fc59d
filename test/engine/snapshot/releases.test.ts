import { describe, expect, it } from 'vitest'
import {
  allocatesAddresses,
  answersNotFound,
  checksAccountOfCertificates,
  checksFrontendCertificates,
  cutsServerNames,
  fallsBackInsecurely,
  ignoresPolicyAttachment,
  leavesForeignWaypoints,
  mergesGatewaysStrictly,
  mergesRouteKinds,
  prefersRuleToPolicy,
  readsBackendPolicies,
  readsTcpRoutes,
  readsTlsRoutes,
  translatesAllGateways,
  checksProviderNames,
  choosesGatewaysByProxy,
  deniesFailedWasm,
  comparesRuleExports,
  dropsTwinListeners,
  excludesFromClusterLocal,
  excludesInSidecars,
  filtersByTlsLabel,
  labelsNetworks,
  matchesTrustDomains,
  readsFilterTargets,
  readsRemoteTrustDomains,
  readsTrafficExtensions,
  runsCustomDry,
  sendsUnreadyEndpoints,
  servesNetworkingBeta,
  servesV1,
  shipsGlobalHosts,
  sparesLoopback,
  takesAbsentViewAsAll,
  verifiesAtClient,
} from '#engine/snapshot/releases'

const at = (major: number, minor: number, patch = 0) => ({
  version: { text: `${major}.${minor}.${patch}`, parsed: [major, minor, patch] as const, assumed: false },
})

describe('what a control plane does by its release', () => {
  it.each([
    ['takes an absent network view as every network', takesAbsentViewAsAll, 3],
    ['hands on only to what is labelled as taking mutual TLS', filtersByTlsLabel, 3],
    ['spares the loopback device', sparesLoopback, 4],
    ['names networks by label', labelsNetworks, 8],
    ['serves networking objects as v1beta1', servesNetworkingBeta, 8],
    ['verifies TLS of its own origination against the image’s authorities', verifiesAtClient, 21],
    ['serves its objects as v1', servesV1, 22],
    ['takes a host out of a cluster-local wildcard', excludesFromClusterLocal, 24],
    ['compares exportTo before it merges DestinationRules', comparesRuleExports, 24],
    ['allocates addresses itself', allocatesAddresses, 25],
    ['has proxies deny what code that is not there should judge (EXT-10)', deniesFailedWasm, 25],
    ['looks at references of EnvoyFilters', readsFilterTargets, 27],
    ['expects the trust domain of the remote cluster’s own configuration', readsRemoteTrustDomains, 29],
    ['chooses gateways by the proxy', choosesGatewaysByProxy, 30],
    ['checks names of providers', checksProviderNames, 30],
    ['reads TrafficExtensions (EXT-9)', readsTrafficExtensions, 30],
    ['sends CUSTOM policies that run dry', runsCustomDry, 30],
    ['lets Sidecars exclude', excludesInSidecars, 31],
    ['takes BackendTLSPolicies without a flag', readsBackendPolicies, 28],
    ['checks certificates of clients at a frontend', checksFrontendCertificates, 28],
    ['takes TLSRoutes without a flag', readsTlsRoutes, 30],
    ['merges HTTPRoutes with GRPCRoutes', mergesRouteKinds, 30],
    ['takes TCPRoutes without a flag', readsTcpRoutes, 31],
    ['prefers a DestinationRule to a BackendTLSPolicy', prefersRuleToPolicy, 31],
    ['merges Gateways strictly', mergesGatewaysStrictly, 31],
    ['falls back insecurely', fallsBackInsecurely, 31],
    ['sends endpoints that are not ready', sendsUnreadyEndpoints, 31],
    ['matches trust domains of sources', matchesTrustDomains, 31],
  ] as const)('%s: not before its release', (_title, holds, minor) => {
    expect([at(1, minor - 1), at(1, minor), at(1, minor + 1)].map((plane) => holds(plane))).toEqual([false, true, true])
  })

  it.each([
    ['drops the later of two listeners of one port and hostname (GWAPI-26)', dropsTwinListeners, [1, 30, 4]],
    ['checks the account of certificates (GWAPI-23)', checksAccountOfCertificates, [1, 27, 2]],
    ['cuts server names down (GWAPI-33)', cutsServerNames, [1, 29, 2]],
    ['translates all Gateways (GWAPI-5)', translatesAllGateways, [1, 30, 2]],
    ['lets a policy be ignored (GWAPI-69)', ignoresPolicyAttachment, [1, 30, 1]],
    ['leaves parents to foreign waypoints (GWAPI-35)', leavesForeignWaypoints, [1, 29, 7]],
  ] as const)('%s from a patch on; a patch that nobody states is the newest', (_title, holds, [major, minor, patch]) => {
    const withPatch = (last: number) => at(major, minor, last)
    expect([withPatch(patch - 1), withPatch(patch), withPatch(Number.POSITIVE_INFINITY), at(1, 31)].map((plane) => holds(plane))).toEqual([
      false,
      true,
      true,
      true,
    ])
  })

  it('answers 404 for a rule without backends in 1.30 alone (GWAPI-48)', () => {
    expect([29, 30, 31].map((minor) => answersNotFound(at(1, minor)))).toEqual([false, true, false])
  })

  it('ships hosts under `global` until 1.7 (DNS-30)', () => {
    expect([2, 7, 8].map((minor) => shipsGlobalHosts(at(1, minor)))).toEqual([true, true, false])
  })

  it('orders releases by numbers and not by text: 1.9 is before 1.21, and 2.0 after 1.31', () => {
    expect(verifiesAtClient(at(1, 9))).toBe(false)
    expect(excludesInSidecars(at(2, 0))).toBe(true)
    expect(shipsGlobalHosts(at(2, 0))).toBe(false)
    expect(takesAbsentViewAsAll(at(0, 8))).toBe(false)
  })

  it('has what an older branch got in a patch from that patch on, and not in the branch’s releases before (GWAPI-26)', () => {
    const holds = ([major, minor, patch]: readonly [number, number, number]) => dropsTwinListeners(at(major, minor, patch))
    expect(
      (
        [
          [1, 29, 9],
          [1, 30, 0],
          [1, 30, 3],
        ] as const
      ).map(holds),
    ).toEqual([false, false, false])
    expect(
      (
        [
          [1, 30, 4],
          [1, 30, 12],
          [1, 31, 0],
          [1, 32, 1],
          [2, 0, 0],
        ] as const
      ).map(holds),
    ).toEqual([true, true, true, true, true])
  })

  it('takes a release without a patch for the newest patch of its branch (GWAPI-26)', () => {
    expect(dropsTwinListeners(at(1, 30, Number.POSITIVE_INFINITY))).toBe(true)
    expect(dropsTwinListeners(at(1, 29, Number.POSITIVE_INFINITY))).toBe(false)
  })
})
