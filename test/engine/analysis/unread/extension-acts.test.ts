import { describe, expect, it } from 'vitest'
import { ask, cluster, deployment, type Manifest, told, topology } from '../../combinations/asking.js'
import { call, fine, ledger, plugin, unknown } from './extensions.js'

describe('so does code of someone else’s (EXT-9, EXT-10)', () => {
  it.each<[string, string, Manifest, string]>([
    ['of the server’s namespace', 'bank/p', {}, unknown],
    ['in whatever phase', 'bank/p', { phase: 'STATS' }, unknown],
    ['not by its mode on the other side', 'bank/p', { match: [{ mode: 'CLIENT' }] }, fine],
    ['by its mode on this side', 'shop/p', { match: [{ mode: 'CLIENT', ports: [{ number: 80 }] }] }, unknown],
    ['not on another port', 'shop/p', { match: [{ mode: 'CLIENT', ports: [{ number: 90 }] }] }, fine],
    ['not without code', 'bank/p', { url: '' }, fine],
    ['not for other workloads', 'bank/p', { selector: { matchLabels: { app: 'till' } } }, fine],
  ])('%s', (_, place, spec, expected) => {
    expect(told(call(plugin(place, spec)))).toBe(expected)
  })

  it.each<[string, Manifest, string]>([
    ['1.32', {}, 'denies everything'],
    ['1.25.0', { failStrategy: 'FAIL_RELOAD' }, 'denies everything'],
    ['1.24.9', {}, 'keeps the proxy as it was'],
    ['1.32', { failStrategy: 'FAIL_OPEN' }, 'passes what it cannot judge'],
  ])('at release %s with %j says that it %s where its code cannot be fetched (EXT-10)', (version, spec, expected) => {
    const planes = { controlPlanes: [{ name: 'west', cluster: 'west', version }] }
    const snapshot = topology([cluster('west', [deployment('shop/web'), ...ledger, plugin('bank/p', spec)])], planes)
    expect(ask(snapshot, 'west/shop/web', 'ledger.bank').summary).toContain(expected)
  })

  it('and what is not fetched says nothing of that (EXT-10)', () => {
    expect(call(plugin('bank/p', { lua: { inlineCode: 'x' } }, 'TrafficExtension')).summary).not.toContain('fetched')
  })

  it('by its newer name only since 1.30, and with no more of a script than istiod takes (EXT-9)', () => {
    const at = (version: string, inlineCode: string) => {
      const planes = { controlPlanes: [{ name: 'west', cluster: 'west', version }] }
      const objects = [deployment('shop/web'), ...ledger, plugin('bank/p', { lua: { inlineCode } }, 'TrafficExtension')]
      return told(ask(topology([cluster('west', objects)], planes), 'west/shop/web', 'ledger.bank'))
    }
    expect([at('1.29.9', 'x'), at('1.30.0', 'x'), at('1.32', 'x')]).toEqual([fine, unknown, unknown])
    expect([at('1.32', 'x'.repeat(65536)), at('1.32', 'x'.repeat(65537)), at('1.32', '')]).toEqual([unknown, fine, fine])
  })

  it('also by its newer name', () => {
    expect(told(call(plugin('bank/p', { wasm: { url: 'oci://x' } }, 'TrafficExtension')))).toBe(unknown)
    expect(told(call(plugin('bank/p', { lua: { inlineCode: 'x' } }, 'TrafficExtension')))).toBe(unknown)
  })
})
