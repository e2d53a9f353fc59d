import { describe, expect, it } from 'vitest'
import { crossesNetworksInAmbient, flags, isOn } from '#engine/snapshot/flags'

const plane = (stated: Readonly<Record<string, string>>, minor = 30) => ({
  flags: stated,
  version: { text: `1.${minor}.0`, parsed: [1, minor, 0] as const, assumed: false },
})

describe('switches of istiod', () => {
  it('are truth values as Go reads them, and anything else counts as not stated (MODEL-13)', () => {
    for (const text of ['1', 't', 'T', 'TRUE', 'true', 'True'])
      expect(isOn(plane({ ISTIO_MULTIROOT_MESH: text }), 'ISTIO_MULTIROOT_MESH'), text).toBe(true)
    for (const text of ['0', 'f', 'False', 'false', '', 'yes', 'on', 'tRUE'])
      expect(isOn(plane({ ISTIO_MULTIROOT_MESH: text }), 'ISTIO_MULTIROOT_MESH'), text).toBe(false)
    for (const text of ['yes', '', 'off'])
      expect(isOn(plane({ ENABLE_ENHANCED_DESTINATIONRULE_MERGE: text }), 'ENABLE_ENHANCED_DESTINATIONRULE_MERGE'), text).toBe(true)
  })

  it('allocate addresses of ServiceEntries by themselves since 1.25 (DNS-15)', () => {
    expect(isOn(plane({}, 24), 'PILOT_ENABLE_IP_AUTOALLOCATE')).toBe(false)
    expect(isOn(plane({}, 25), 'PILOT_ENABLE_IP_AUTOALLOCATE')).toBe(true)
    expect(isOn(plane({ PILOT_ENABLE_IP_AUTOALLOCATE: '0' }, 25), 'PILOT_ENABLE_IP_AUTOALLOCATE')).toBe(false)
  })

  it('of ambient mode across networks do nothing without that of ambient mode (NET-42)', () => {
    expect(crossesNetworksInAmbient(plane({ AMBIENT_ENABLE_MULTI_NETWORK: 'true' }))).toBe(false)
    expect(crossesNetworksInAmbient(plane({ AMBIENT_ENABLE_MULTI_NETWORK: 'true', PILOT_ENABLE_AMBIENT: '1' }))).toBe(true)
  })

  it('name the rules that they switch', () => {
    for (const { rules } of Object.values(flags)) for (const rule of rules) expect(rule).toMatch(/^[A-Z]+-\d+$/)
  })
})
