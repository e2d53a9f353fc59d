import { describe, expect, it } from 'vitest'
import { cluster, deployment, eastWest, istio, service, topology } from '../objects.js'
import { reasonOf, serversOf, walk } from '../walk.js'

const host = 'reviews.shop.svc.cluster.local'

describe('a filter that writes names of clusters anew, as old releases shipped it', () => {
  it.each<[string, string, string]>([
    ['of the end of the name', '\\.global$', 'east/reviews:8080'],
    ['of another end', '\\.mesh$', 'GATEWAY_UNKNOWN_SNI'],
    ['that is more than an end', '^.*global$', 'GATEWAY_UNKNOWN_SNI'],
  ])('a gateway looks for the name that a filter makes of it, by a pattern %s (DNS-30, EXT-4)', (_title, pattern, expected) => {
    const sni = 'outbound_.80_._.reviews.shop.global'
    const rule = istio('DestinationRule', 'reviews', { host, trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL', sni } } })
    const value = {
      name: 'envoy.filters.network.tcp_cluster_rewrite',
      config: { cluster_pattern: pattern, cluster_replacement: '.svc.cluster.local' },
    }
    const rewriting = istio(
      'EnvoyFilter',
      'rewriting',
      { configPatches: [{ applyTo: 'NETWORK_FILTER', match: { context: 'GATEWAY' }, patch: { operation: 'INSERT_AFTER', value } }] },
      'istio-system',
    )
    const backend = [service('reviews'), deployment('reviews'), rewriting, ...eastWest({ network: 'n2', hosts: ['*'] })]
    const west = cluster('west', [deployment('web'), rule], { network: 'n1', remoteSecrets: ['east'] })
    const walked = walk(topology([west, cluster('east', backend, { network: 'n2' })]), { from: 'west/shop/web', host, port: 80 })
    const [outcome] = walked.passed
    if (outcome === undefined) throw new Error('there is no path')
    expect(outcome.passed ? serversOf(outcome).join() : reasonOf(outcome)).toBe(expected)
  })
})
