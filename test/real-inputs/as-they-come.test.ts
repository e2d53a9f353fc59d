import { describe, expect, it } from 'vitest'
import { call } from '../cli/call.js'
import { haveInputs, inputs, leftOut } from './real-inputs.js'

/** A command with its paths in the folder of the inputs, as a newcomer types it. */
const typed = (command: string) => {
  const isPath = /^(?:gcp|istio|kiali|openshift-federation)(?:\/|$)/
  const words = command
    .split(' ')
    .map((word) =>
      word.replace(/^(\w+=)?(.*)$/s, (_, name = '', rest: string) => `${name}${isPath.test(rest) ? `${inputs}/${rest}` : rest}`),
    )
  return call(words)
}

const dual = '--cluster cluster1=gcp/dual-control-plane/cluster1 --cluster cluster2=gcp/dual-control-plane/cluster2'
const bookinfo = 'istio/bookinfo/kube/bookinfo.yaml istio/bookinfo/networking/bookinfo-gateway.yaml'
const travels = '--cluster east=kiali/federated-travels/east --cluster west=kiali/federated-travels/west'

// Endpoints are counted in the manifests by hand.
const answers: readonly (readonly [command: string, code: number, first: string, said: string])[] = [
  [
    `trace ${bookinfo} --cluster west --from default/productpage-v1 --to reviews:9080`,
    0,
    'REACHABLE  `default/productpage-v1` can reach `reviews:9080` at 3 endpoints in `west`',
    '',
  ],
  [
    `trace ${bookinfo} istio/bookinfo/networking/destination-rule-all.yaml istio/bookinfo/networking/virtual-service-reviews-v3.yaml --cluster west --from default/productpage-v1 --to reviews:9080`,
    0,
    'REACHABLE  `default/productpage-v1` can reach `reviews:9080` at 1 endpoint in `west`',
    '',
  ],
  [
    `trace ${bookinfo} --from outside --to bookinfo.example:80 --path /productpage`,
    0,
    'REACHABLE  a client outside of every cluster can reach `bookinfo.example:80` (/productpage) at 1 endpoint in `default`',
    '',
  ],
  [`trace ${bookinfo} --from outside --to bookinfo.example:80 --path /orders`, 1, 'UNREACHABLE', ''],
  ['trace istio/bookinfo --from outside --to bookinfo.example:80 --path /productpage', 0, 'REACHABLE', '7 objects in several versions'],
  ['trace gcp/online-boutique --from outside --to frontend.example:80', 0, 'REACHABLE', ''],
  ['trace istio/bookinfo --from default/productpage-v1 --to reviews:9080', 2, '', 'may be read in two ways'],
  ['trace istio/bookinfo --from default/default/productpage-v1 --to reviews:9080', 0, 'REACHABLE', '7 objects in several versions'],
  ['validate istio/bookinfo', 1, 'FAIL', '7 objects in several versions'],
  [`trace ${dual} --from cluster1/default/checkoutservice --to productcatalogservice.default.global:3550`, 1, 'UNDETERMINED', ''],
  [`trace ${dual} --from cluster1/default/checkoutservice --to productcatalogservice:3550`, 1, 'UNREACHABLE', ''],
  [`validate ${dual}`, 0, 'PASS', 'clusters `cluster1`, `cluster2` as stated'],
  [
    'trace gcp/online-boutique --from default/default/frontend --to productcatalogservice:3550',
    0,
    'REACHABLE  `default/frontend` can reach `productcatalogservice:3550` at 1 endpoint in `default`',
    '',
  ],
  [
    'trace istio/helloworld istio/sleep --cluster west --from default/sleep --to helloworld:5000',
    0,
    'REACHABLE  `default/sleep` can reach `helloworld:5000` at 2 endpoints in `west`',
    '',
  ],
  [
    `trace ${travels} --from east/default/travels-v1 --to discounts:8000`,
    0,
    'REACHABLE  `east/default/travels-v1` can reach `discounts:8000` at 1 endpoint in `east`',
    '2 objects in several versions',
  ],
  ['validate gcp/vm-migration', 1, 'FAIL', '1 object in several versions'],
  ['validate istio/spire-trust-domain-federation', 1, 'FAIL', '4 files left out'],
  ['validate istio/topology', 2, '', 'there are no Kubernetes objects in these files'],
]

describe.skipIf(!haveInputs)(`real manifests as a newcomer asks them (${haveInputs ? 'without a topology.yaml' : leftOut})`, () => {
  it.each(answers)('%s', async (command, code, first, said) => {
    const called = await typed(command)
    expect(called.code, called.err).toBe(code)
    expect(called.out.startsWith(first)).toBe(true)
    expect(called.err).toContain(said === '' ? 'taken for granted' : said)
  })
})
