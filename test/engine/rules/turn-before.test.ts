import { describe, expect, it } from 'vitest'
import { turnBefore } from '#engine/rules/turn-before'
import { west, world } from '../analysis/calling.js'
import { issueAuthority } from '../certificates.js'

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const secret = (namespace: string, name: string, type: string, data: Readonly<Record<string, string>>) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  type,
  metadata: { namespace, name },
  data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, base64(value)])),
})

describe('answers about a snapshot', () => {
  it('are the same at any moment where nothing has an end', () => {
    expect(turnBefore(world({ clusters: { west: west() } }), Date.now())).toBe(Number.NEGATIVE_INFINITY)
  })

  it('may be others after a certificate of a CA, or of a gateway, begins or ends to be valid (TRUST-6, TOPO-28)', async () => {
    const root = await issueAuthority('root', undefined, { from: '2024-01-01T00:00:00Z', until: '2030-01-01T00:00:00Z' })
    const edge = await issueAuthority('edge', root, { from: '2025-01-01T00:00:00Z', until: '2026-01-01T00:00:00Z', ca: false })
    const ca = { 'ca-cert.pem': root.pem, 'ca-key.pem': 'x', 'cert-chain.pem': root.pem, 'root-cert.pem': root.pem }
    const snapshot = world({
      clusters: {
        west: west(
          secret('istio-system', 'cacerts', 'Opaque', ca),
          secret('edge', 'cert', 'kubernetes.io/tls', { 'tls.crt': edge.pem, 'tls.key': 'x' }),
        ),
      },
    })
    const since = (moment: string): number => turnBefore(snapshot, Date.parse(moment))
    expect(since('2023-06-01T00:00:00Z')).toBe(Number.NEGATIVE_INFINITY)
    expect(since('2024-06-01T00:00:00Z')).toBe(Date.parse('2024-01-01T00:00:00Z'))
    expect(since('2025-06-01T00:00:00Z')).toBe(Date.parse('2025-01-01T00:00:00Z'))
    // Valid to its last moment.
    expect(since('2026-01-01T00:00:00Z')).toBe(Date.parse('2025-01-01T00:00:00Z'))
    expect(since('2026-06-01T00:00:00Z')).toBe(Date.parse('2026-01-01T00:00:00Z') + 1)
    expect(since('2030-06-01T00:00:00Z')).toBe(Date.parse('2030-01-01T00:00:00Z') + 1)
  })
})
