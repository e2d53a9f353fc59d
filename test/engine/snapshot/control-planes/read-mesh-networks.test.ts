import { describe, expect, it } from 'vitest'
import { unreadablePart } from '#engine/rules/document/object-shapes'
import { readMeshNetworks, unreadableNetworks } from '#engine/snapshot/control-planes/read-mesh-networks'
import { snapshotOf } from '../../from-yaml.js'

type Networks = Parameters<typeof readMeshNetworks>[0]
const network = (name: string, more: Readonly<Record<string, unknown>> = {}) => ({
  name,
  fromRegistry: [],
  fromCidr: [],
  gateways: [],
  ...more,
})
const noted = (raw: Networks) => unreadableNetworks(raw).map(({ path, message }) => `${path} ${message}`)

describe('meshNetworks (MODEL-14)', () => {
  it.each<[string, Networks, readonly unknown[]]>([
    ['nothing has no networks', {}, []],
    ['a ConfigMap stand under `networks`', { networks: { n1: {} } }, [network('n1')]],
    ['an installation stand there themselves', { n1: {}, n2: {} }, [network('n1'), network('n2')]],
    ['null have none', { networks: null }, []],
    ['a network that is null is none', { n1: null, n2: {} }, [network('n2')]],
    [
      'endpoints are clusters by their ID and ranges, in either order',
      { n1: { endpoints: [{ fromCidr: '10.0.0.0/8' }, { fromRegistry: 'west' }, {}, { fromRegistry: 'east', fromCidr: 'fd00::/8' }] } },
      [network('n1', { fromRegistry: ['west', 'east'], fromCidr: ['10.0.0.0/8', 'fd00::/8'] })],
    ],
    [
      'gateways are addresses or Services, without a port of their own by default (NET-6)',
      {
        n1: {
          gateways: [
            { address: '1.2.3.4', port: 443 },
            { registryServiceName: 'gw.istio-system.svc.cluster.local', port: '15443', locality: 'r/z' },
            {},
          ],
        },
      },
      [
        network('n1', {
          gateways: [
            { address: '1.2.3.4', port: 443, locality: '' },
            { registryServiceName: 'gw.istio-system.svc.cluster.local', port: 15443, locality: 'r/z' },
            { port: 0, locality: '' },
          ],
        }),
      ],
    ],
  ])('of %s', (_title, raw, expected) => {
    expect(readMeshNetworks(raw, []).networks).toEqual(expected)
    expect(noted(raw)).toEqual([])
  })

  it.each<[string, Networks, readonly string[]]>([
    ['networks is a list', { networks: [{ name: 'n1' }] }, ['meshNetworks.networks is not an object']],
    ['a network is a text', { n1: 'west' }, ['meshNetworks.n1 is not an object']],
    ['endpoints are one alone', { n1: { endpoints: { fromRegistry: 'west' } } }, ['meshNetworks.n1.endpoints is not a list']],
    ['an endpoint is a text', { networks: { n1: { endpoints: ['west'] } } }, ['meshNetworks.n1.endpoints[0] is not an object']],
    ['a range is a list', { n1: { endpoints: [{}, { fromCidr: ['10.0.0.0/8'] }] } }, ['meshNetworks.n1.endpoints[1].fromCidr is not text']],
    ['a port is a name', { n1: { gateways: [{ address: 'a', port: 'tls' }] } }, ['meshNetworks.n1.gateways[0].port is not a number']],
  ])('in which %s are noted by the path', (_title, raw, expected) => expect(noted(raw)).toEqual(expected))

  it('that cannot be read are told of where they stand, and the rest of them counts', () => {
    const snapshot = snapshotOf(`
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    resources:
      - apiVersion: v1
        kind: ConfigMap
        metadata: { name: istio, namespace: istio-system }
        data:
          mesh: ''
          meshNetworks: '{ networks: { n1: { endpoints: { fromRegistry: west }, gateways: [{ address: 1.2.3.4, port: 443 }] } } }'
`)
    expect(snapshot.view('west').controlPlane.meshNetworks.networks).toEqual([
      network('n1', { gateways: [{ address: '1.2.3.4', port: 443, locality: '' }] }),
    ])
    expect([...unreadablePart.check(snapshot)]).toMatchObject([
      {
        on: { cluster: 'west', kind: 'ConfigMap', name: 'istio', path: 'data.meshNetworks' },
        message: '`meshNetworks.n1.endpoints`: is not a list; the default is assumed',
      },
    ])
  })
})
