import { expect, it } from 'vitest'
import { tellProxyConfig } from '#cli/print/proxy-config'
import { plain } from '../../formats/text/parts.js'
import type { ProxyAnswer, ProxyConfig } from '#engine/model/proxy-config'

const host = 'reviews.shop.svc.cluster.local'
const client: ProxyAnswer = {
  proxy: 'west/shop/client',
  unknownHosts: 'BLOCK',
  services: [{ host, namespace: 'shop', ports: [80, 9080] }],
  targets: [
    {
      host,
      port: 9080,
      subset: '',
      type: 'EDS',
      endpoints: [
        { address: '10.1.0.7', port: 9080, weight: 1, priority: 0, share: 0.3333, sends: 'ISTIO_MUTUAL' },
        { address: '34.0.0.2', port: 15443, weight: 2, priority: 0, share: 0.6667, sends: 'ISTIO_MUTUAL' },
      ],
      unready: ['10.1.0.8:9080'],
    },
    { host, port: 80, subset: 'v2', type: 'ORIGINAL_DST', sends: 'PLAINTEXT', endpoints: [], unready: [] },
    { host, port: 9080, subset: 'v3', type: 'EDS', endpoints: [], unready: [] },
  ],
  routes: { [`${host}:9080`]: { [`outbound|9080||${host}`]: 0.9, 'lost UNKNOWN_CLUSTER': 0.1 }, [`${host}:80`]: 'NO_ROUTE' },
  names: { [host]: ['10.0.0.1', '10.0.0.2'] },
  inbound: { 8080: 'STRICT' },
}

it('tables of what each proxy is given stand below its control plane, what rows share in the first alone', () => {
  const answer: ProxyConfig = {
    answers: [
      {
        controlPlane: 'west',
        gateways: [{ network: 'n2', cluster: 'east', address: '34.0.0.2', port: 15443 }],
        assumptions: [],
        proxies: [client],
      },
      { controlPlane: 'east', gateways: [], assumptions: [], proxies: [] },
    ],
  }
  expect(plain(tellProxyConfig(answer, false))).toEqual(
    `
control plane west  1 proxy

gateways
  NETWORK  CLUSTER  ADDRESS
  n2       east     34.0.0.2:15443

west/shop/client  unknown hosts: BLOCK

services
  HOST                            NAMESPACE  PORTS
  reviews.shop.svc.cluster.local  shop       80 9080

targets
  TARGET                               SUBSET  TYPE          ENDPOINT        PRIORITY  WEIGHT  SHARE  SENDS
  reviews.shop.svc.cluster.local:9080          EDS           10.1.0.7:9080   0         1       33.3%  ISTIO_MUTUAL
                                                             34.0.0.2:15443  0         2       66.7%  ISTIO_MUTUAL
                                                             10.1.0.8:9080                            nothing while unready
  reviews.shop.svc.cluster.local:80    v2      ORIGINAL_DST  as dialled                               PLAINTEXT
  reviews.shop.svc.cluster.local:9080  v3      EDS           none

routes
  REQUESTS TO                          GO TO                                          SHARE
  reviews.shop.svc.cluster.local:9080  outbound|9080||reviews.shop.svc.cluster.local  90%
                                       lost UNKNOWN_CLUSTER                           10%
  reviews.shop.svc.cluster.local:80    NO_ROUTE                                       100%

names
  NAME                            ADDRESSES
  reviews.shop.svc.cluster.local  10.0.0.1 10.0.0.2

inbound
  PORT  MUTUAL TLS
  8080  STRICT

control plane east  0 proxies`
      .trim()
      .split('\n'),
  )
})

it('nobody who configures a proxy is said to be nobody', () => {
  expect(plain(tellProxyConfig({ answers: [] }, false))).toEqual(['no control plane configures a proxy'])
})
