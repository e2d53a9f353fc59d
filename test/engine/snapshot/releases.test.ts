import { describe, expect, it } from 'vitest'
import {
  allocatesAddresses,
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
    ['sends endpoints that are not ready', sendsUnreadyEndpoints, 31],
    ['matches trust domains of sources', matchesTrustDomains, 31],
  ] as const)('%s: not before its release', (_title, holds, minor) => {
    expect([at(1, minor - 1), at(1, minor), at(1, minor + 1)].map((plane) => holds(plane))).toEqual([false, true, true])
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
