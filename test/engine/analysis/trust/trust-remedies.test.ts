import { describe, expect, it } from 'vitest'
import { judged } from '#engine/analysis/trust/judgement'
import { trustRemedies } from '#engine/analysis/trust/trust-remedies'

const trusted = judged('TRUSTED', 'COMMON_ROOT', '')
const noRoot = judged('NOT_TRUSTED', 'NO_COMMON_ROOT', '')
const otherDomain = judged('NOT_TRUSTED', 'TRUST_DOMAIN_NOT_ACCEPTED', '')
const unreadable = judged('UNDETERMINED', 'CERTIFICATE_UNREADABLE', '')

describe('what would turn a handshake', () => {
  it('is every change that is needed, each once: one of two would turn nothing', () => {
    const [remedy, ...others] = trustRemedies([trusted, noRoot, otherDomain, noRoot])
    expect(others).toEqual([])
    expect(remedy?.summary).toMatch(/^let both CAs be signed by one root.*; and add the client’s trust domain to `trustDomainAliases`/)
  })

  it('is not told where something stands in the way that nothing is known against', () => {
    expect(trustRemedies([noRoot, unreadable])).toEqual([])
    expect(trustRemedies([trusted])).toEqual([])
  })
})
