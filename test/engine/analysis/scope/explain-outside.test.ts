import { describe, expect, it } from 'vitest'
import { exportedTo, type Manifest, service, serviceEntry, sidecar } from '../calling.js'
import { egress, look, reviews } from '../scoping.js'

const blocked = { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }
const alias = (externalName: string, name = 'shop/alias', annotations: Manifest = {}) =>
  service(name, { type: 'ExternalName', externalName, clusterIP: undefined }, annotations)
const told = (objects: readonly Manifest[], host: string) => look(objects, { host, meshConfig: blocked }).step

describe('an ExternalName that leads to nothing is told by what it leads to', () => {
  const name = 'alias.shop.svc.cluster.local'
  const target = 'reviews.other.svc.cluster.local'
  const far = 'api.example.com'

  it('a name that is no service, whatever the Sidecar lists (EDS-13)', () => {
    for (const narrow of [[], [egress('*/*')], [egress('./*')]]) {
      const step = told([alias(far), ...narrow], 'alias')
      expect(step.reason).toBe('BLACKHOLED')
      expect(step.message).toContain(`\`${name}\` stands for \`${far}\`, which is no service that control plane \`west\` knows`)
      expect(step.message).not.toContain('import')
    }
  })

  it('a service that is not exported to the client, or that its Sidecar does not list (EDS-13, VIS-23)', () => {
    const hidden = told([alias(target), reviews(exportedTo('.')), egress('*/*')], 'alias').message
    expect(hidden).toContain(`stands for \`${target}\`, and \`${target}\` is exported only to \`other\``)
    const unlisted = told([alias(target), reviews(), egress('./*')], 'alias').message
    expect(unlisted).toContain(`and the Sidecar \`shop/default\` does not import \`${target}\`, as it lists only \`./*\``)
  })

  it('a service that is there, while the Sidecar lists the alias under its own namespace alone (VIS-23)', () => {
    const { message } = told([alias(target), reviews(), egress('shop/*', `other/${target}`)], 'alias')
    expect(message).toContain(`the Sidecar \`shop/default\` does not list \`${name}\` under that namespace`)
  })

  it('not by its own exportTo, which does not count (EDS-13)', () => {
    const objects = [alias(far, 'other/alias', exportedTo('.')), egress('*/*')]
    expect(told(objects, 'alias.other').message).toContain(`stands for \`${far}\``)
  })
})

describe('a service that a Sidecar lists and the proxy does not have', () => {
  it('is listed for a port that it does not declare (VIS-20)', () => {
    const narrow = sidecar('shop/default', { egress: [{ port: { number: 9000, protocol: 'HTTP', name: 'http' }, hosts: ['*/*'] }] })
    const { message } = told([reviews(), narrow], 'reviews.other')
    expect(message).toContain('lists `reviews.other.svc.cluster.local` for port 9000 only, which it does not declare')
  })

  it('is another record of its host and namespace (VIS-43)', () => {
    const entry = (name: string, address: string, at: number) =>
      serviceEntry(
        `shop/${name}`,
        { hosts: ['x.example.com'], addresses: [address], resolution: 'STATIC', ports: [{ number: 80, name: 'tcp', protocol: 'TCP' }] },
        { creationTimestamp: `2026-01-01T00:00:0${at}Z` },
      )
    const objects = [entry('one', '240.0.0.1', 1), entry('two', '240.0.0.2', 2), egress('shop/x.example.com')]
    expect(told(objects, '240.0.0.2').message).toContain('uses ServiceEntry `one` of `x.example.com` in namespace `shop` instead')
  })
})
