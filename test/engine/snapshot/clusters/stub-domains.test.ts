import { describe, expect, it } from 'vitest'
import { snapshotOf } from '../../from-yaml.js'

const stubDomains = (cluster: string, resources = '[]') =>
  snapshotOf(`
clusters:
  - name: west
    ${cluster}
    resources: ${resources}
`).clusters.get('west')?.stubDomains

const map = (name: string, key: string, value: string) =>
  `[{ apiVersion: v1, kind: ConfigMap, metadata: { name: ${name}, namespace: kube-system }, data: { ${key}: ${JSON.stringify(value)} } }]`

const corefile = `.:53 {
    errors
    kubernetes cluster.local in-addr.arpa {
        pods insecure
    }
    forward . /etc/resolv.conf
}
global:53 mesh.internal:53 {
    # handed on
    forward . 10.0.0.10
}
`

describe('domains that the cluster’s DNS hands on (DNS-30)', () => {
  it('are stated, or told by CoreDNS or kube-dns', () => {
    expect(stubDomains('dns: { stubDomains: [global] }')).toMatchObject({ value: ['global'], provenance: 'STATED' })
    expect(stubDomains('', map('coredns', 'Corefile', corefile))).toMatchObject({
      value: ['global', 'mesh.internal'],
      provenance: 'DERIVED',
    })
    expect(stubDomains('', map('kube-dns', 'stubDomains', '{"global": ["10.0.0.10"]}'))).toMatchObject({
      value: ['global'],
      provenance: 'DERIVED',
    })
    expect(stubDomains('')).toMatchObject({ value: [], provenance: 'DEFAULT' })
  })
})
