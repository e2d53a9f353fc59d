import { describe, expect, it } from 'vitest'
import { readCertificates } from '#engine/snapshot/certificates/certificates'
import { snapshotOf } from '../../from-yaml.js'

// Only the shape of a certificate, enough to be kept when secrets are removed: a sequence that begins with a sequence.
const pem = (text: string): string => {
  const der = Buffer.concat([Buffer.from([0x30, 0x40, 0x30]), Buffer.from(text.padEnd(63, '.'))])
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`
}
const [rootA, rootB, intermediate] = [pem('root a'), pem('root b'), pem('intermediate')]
const base64 = (text: string) => Buffer.from(text).toString('base64')
const names = (fact: { value: readonly { fingerprint: string }[] | undefined } | undefined) =>
  fact?.value?.map(({ fingerprint }) => fingerprint)
const prints = (...texts: string[]) => readCertificates(texts).map(({ fingerprint }) => fingerprint)

describe('certificates', () => {
  it('are compared by their content, however the text is wrapped, and one text may hold several (TRUST-4, TRUST-6)', () => {
    const body = rootA.split('\n')[1] ?? ''
    const wrapped = rootA.replace(body, body.replace(/(.{20})/g, '$1\n'))
    expect(prints(wrapped)).toEqual(prints(rootA))
    expect(prints(rootA + rootB)).toEqual([...prints(rootA), ...prints(rootB)])
    expect(prints(rootA)).not.toEqual(prints(rootB))
  })
})

const snapshot = (cluster: string, resources: string) =>
  snapshotOf(`
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    ${cluster}
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: istio-system } }
${resources}`)

const cacerts = `      - { apiVersion: v1, kind: Secret, metadata: { name: cacerts, namespace: istio-system }, data: { root-cert.pem: ${base64(rootA)}, ca-cert.pem: ${base64(intermediate)}, cert-chain.pem: ${base64(intermediate + rootA)} } }\n`
const configMap = `      - { apiVersion: v1, kind: ConfigMap, metadata: { name: istio-ca-root-cert, namespace: shop }, data: { root-cert.pem: ${JSON.stringify(rootB)} } }\n`

describe('what proxies trust and the CA signs with (TRUST-3, TRUST-4)', () => {
  it('is stated', () => {
    const given = snapshot(`rootCertificates: [${JSON.stringify(rootB)}]`, cacerts)
    expect(names(given.clusters.get('west')?.rootCertificates)).toEqual(prints(rootB))
    expect(names(given.controlPlanes.get('west')?.rootCertificates)).toEqual(prints(rootB))
  })

  it('or stands in the root ConfigMap, which istiod writes into every namespace', () => {
    expect(names(snapshot('', configMap + cacerts).clusters.get('west')?.rootCertificates)).toEqual(prints(rootB))
  })

  it('or in the plugged-in CA’s Secret, with what it signs with and the chain', () => {
    const plane = snapshot('', cacerts).controlPlanes.get('west')
    expect(names(plane?.rootCertificates)).toEqual(prints(rootA))
    expect(names(plane?.signingCertificates)).toEqual(prints(intermediate, rootA))
  })

  it('or is unknown, which is not the same as nothing', () => {
    const given = snapshot('', '')
    expect(given.clusters.get('west')?.rootCertificates.value).toBeUndefined()
    expect(given.controlPlanes.get('west')?.signingCertificates.value).toBeUndefined()
  })
})
