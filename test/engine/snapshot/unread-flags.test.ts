import { describe, expect, it } from 'vitest'
import { flags } from '#engine/snapshot/flags'
import { unreadFlags, unreadFlagsOf } from '#engine/snapshot/unread-flags'

const unread = (stated: Readonly<Record<string, string>>) => unreadFlagsOf({ flags: stated }).map(([name, { meets }]) => `${name} ${meets}`)

describe('flags that nobody follows (MODEL-13)', () => {
  it.each<[string, string, string[]]>([
    ['ISTIO_WATCH_NAMESPACE', 'shop', ['ISTIO_WATCH_NAMESPACE ANY']],
    ['ISTIO_WATCH_NAMESPACE', '', []],
    ['PILOT_UNIFIED_SIDECAR_SCOPE', 'false', ['PILOT_UNIFIED_SIDECAR_SCOPE SIDECAR_SCOPE']],
    ['PILOT_UNIFIED_SIDECAR_SCOPE', '0', ['PILOT_UNIFIED_SIDECAR_SCOPE SIDECAR_SCOPE']],
    ['PILOT_UNIFIED_SIDECAR_SCOPE', 'true', []],
    ['PILOT_UNIFIED_SIDECAR_SCOPE', 'no', []],
    ['PILOT_PREFER_SENDING_HBONE', 'T', ['PILOT_PREFER_SENDING_HBONE AMBIENT']],
    ['PILOT_PREFER_SENDING_HBONE', 'yes', []],
    ['MCS_API_GROUP', 'multicluster.x-k8s.io', []],
    ['MCS_API_GROUP', '', []],
    ['MCS_API_GROUP', 'net.gke.io', []],
    ['MCS_API_GROUP', 'mcs.example', ['MCS_API_GROUP EXPORTED_TO_OTHER_CLUSTER']],
    ['PILOT_TRACE_SAMPLING', '1', []],
    ['constructor', 'true', []],
  ])('%s of `%s` leaves open: %j', (name, value, expected) => expect(unread({ [name]: value })).toEqual(expected))

  it('are told in the order in which they are stated', () => {
    expect(unread({ RESOLVE_HOSTNAME_GATEWAYS: 'false', PILOT_IGNORE_RESOURCES: '*.istio.io' })).toEqual([
      'RESOLVE_HOSTNAME_GATEWAYS GATEWAY_BY_NAME',
      'PILOT_IGNORE_RESOURCES ANY',
    ])
  })

  it('are none of those that answers follow, and each names its rule', () => {
    for (const [name, { rules }] of Object.entries(unreadFlags)) {
      expect(Object.keys(flags), name).not.toContain(name)
      for (const rule of rules) expect(rule, name).toMatch(/^[A-Z]+-\d+$/)
    }
  })
})
