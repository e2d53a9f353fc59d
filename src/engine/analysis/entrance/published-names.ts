/**
 * Which names does external-dns publish, and for which addresses?
 *
 * It reads an annotation of Services, and of Gateways, whose names lead to the Services of the pods that they select. Another annotation states the
 * addresses instead; where these are none of the document, where the name leads is not known. Rule GW-1.
 */
import type { ResourceRef } from '../../model/resource-ref.js'
import { remembered } from '../../remembered.js'
import type { Labels, Meta } from '../../resources/meta.js'
import type { Service } from '../../resources/kubernetes/service.js'
import { labelsInclude } from '../../snapshot/label-selector.js'
import { assumedAddress } from '../../snapshot/networks/gateway-addresses.js'
import { titleOf } from '../../snapshot/references.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'

export interface Published {
  readonly name: string
  readonly what: string
  readonly addresses: readonly string[]
  readonly ref: ResourceRef
}

const hostnameKey = 'external-dns.alpha.kubernetes.io/hostname'
const targetKey = 'external-dns.alpha.kubernetes.io/target'

interface Placed {
  readonly cluster: Cluster
  readonly service: Service
}

export const servicesOf = ({ clusters }: Snapshot): readonly Placed[] =>
  [...clusters.values()].flatMap((cluster) => [...cluster.resources.services.values()].flat().map((service) => ({ cluster, service })))

export const publishedNames = remembered((snapshot: Snapshot): readonly Published[] => {
  const services = servicesOf(snapshot)
  const known = new Set([
    ...services.flatMap(({ service }) => addressesOf(service)),
    ...snapshot.statedGateways.flatMap(({ addresses }) => addresses),
  ])
  const publish = ({ meta, what, ref }: Annotated, own: readonly string[]): readonly Published[] => {
    const targets = itemsOf(meta.annotations, targetKey)
    const addresses = targets.length > 0 ? targets : own
    if (addresses.length === 0 || targets.some((target) => !known.has(target))) return []
    return itemsOf(meta.annotations, hostnameKey).map((name) => ({ name, what, addresses, ref }))
  }
  return [
    ...services.flatMap((one) => publish(annotated(one.cluster, one.service.meta, 'Service'), metAt(one))),
    ...[...snapshot.clusters.values()].flatMap((cluster) =>
      [...cluster.resources.gateways.values()]
        .flat()
        .flatMap(({ meta, selector }) =>
          publish(
            annotated(cluster, meta, 'Gateway'),
            services.filter((one) => one.cluster === cluster && leadsTo(one.service, selector)).flatMap(metAt),
          ),
        ),
    ),
  ]
})

interface Annotated {
  readonly meta: Meta
  readonly what: string
  readonly ref: ResourceRef
}

const annotated = (cluster: Cluster, meta: Meta, kind: 'Service' | 'Gateway'): Annotated => ({
  meta,
  what: `${kind === 'Service' ? `Service \`${meta.namespace}/${meta.name}\`` : titleOf(meta)} of \`${cluster.name}\``,
  ref: cluster.ref(meta, `metadata.annotations.${hostnameKey}`),
})

const itemsOf = (annotations: Labels, key: string): readonly string[] =>
  (annotations[key] ?? '').split(',').flatMap((item) => (item.trim() === '' ? [] : [item.trim().toLowerCase().replace(/\.$/, '')]))

const addressesOf = ({ ingressAddresses, externalIps, loadBalancerIp }: Service): readonly string[] =>
  [...ingressAddresses, ...externalIps, ...(loadBalancerIp === undefined ? [] : [loadBalancerIp])].map((address) => address.toLowerCase())

/** Those of the Service, or what stands for them where it has none yet. */
const metAt = ({ cluster, service }: Placed): readonly string[] => {
  const told = addressesOf(service)
  return told.length > 0 ? told : [assumedAddress(cluster.name, service.meta)]
}

/** Is it met from outside, and by the pods that the Gateway selects? */
const leadsTo = ({ selector, type, externalIps }: Service, gateway: Labels): boolean =>
  selector !== undefined &&
  (type === 'LoadBalancer' || externalIps.length > 0) &&
  Object.keys(gateway).length > 0 &&
  labelsInclude(selector, gateway)
