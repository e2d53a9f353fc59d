import { describe, expect, it } from 'vitest'
import { findBreaches } from '#engine/rules/make-report'
import { unreadableValue } from '#engine/rules/document/unreadable-values'
import { issueAuthority } from '../../certificates.js'
import { cluster, topology } from '../../analysis/objects.js'

const { pem } = await issueAuthority('Readable')
const told = (header: Record<string, unknown>) =>
  findBreaches(topology([cluster('west', [], header)]), [unreadableValue]).map(({ code, resource, path, message }) => [
    code,
    `${resource?.kind} ${resource?.name} ${path}`,
    message,
  ])

describe('values of the header that cannot be read', () => {
  it('are told with their place', () => {
    expect(told({ rootCertificates: ['hello'], podCidrs: ['banana', '10.0.0.0/16'], serviceCidrs: ['10.0.0.0/99', 'fd00::/48'] })).toEqual([
      ['REF103', 'Cluster west podCidrs', '`banana` in `podCidrs` is not an address range such as `10.0.0.0/16`'],
      ['REF103', 'Cluster west serviceCidrs', '`10.0.0.0/99` in `serviceCidrs` is not an address range such as `10.0.0.0/16`'],
      [
        'REF103',
        'Cluster west rootCertificates',
        'the certificate in `rootCertificates` cannot be read as X.509 in PEM: trust that rests on it is not known',
      ],
    ])
  })

  it('are counted where others beside them can be read', () => {
    const damaged = pem.replace(/[A-Z]{4}/u, '!')
    const [[, , message] = []] = told({ rootCertificates: [pem, damaged, 'hello'] })
    expect(message).toContain('2 of the 3 certificates in `rootCertificates`')
  })

  it('are none where all can be read', () => {
    expect(told({ rootCertificates: [pem], podCidrs: ['10.0.0.0/16'] })).toEqual([])
  })
})
