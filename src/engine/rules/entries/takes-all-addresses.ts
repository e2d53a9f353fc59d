/**
 * Which entries listen on every address of a port?
 *
 * A TCP port has nothing but the address to tell its connections by. An entry without one gets one where the control plane allocates it and the
 * client's proxy answers names, or else takes every connection to the port that no other listener takes (DNS-15, DNS-16, ROUTE-31).
 */
import { groupBy } from '../../group-by.js'
import { pausing } from '../../pause.js'
import { isWildcard } from '../../snapshot/covers.js'
import { remembered } from '../../remembered.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { ServiceEntry } from '../../resources/istio/service-entry.js'
import { isFor } from '../../snapshot/services/audience.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import { configurationsOf } from '../configurations.js'
import { type Consumer, consumersOf, nameConsumers } from '../consumers.js'
import type { Breach, Rule } from '../rule.js'

const isBytes = ({ protocol }: MeshPort): boolean => protocol === 'TCP' || protocol === 'AUTO'

/** Without resolution it is listened for at the addresses of its endpoints. */
const keepsOwn = ({ resolution, endpoints }: ServiceEntry): boolean => resolution === 'NONE' && endpoints.length > 0

const isBare = ({ entry }: MeshService): boolean =>
  entry !== undefined && entry.addresses.length === 0 && entry.allocatedAddresses.length === 0 && !keepsOwn(entry)

/** By the control plane, or in older releases by the proxy itself, where it is told to. */
const isAllocated = ({ controlPlane }: ControlPlaneView, { autoAllocated, hostname, resolution }: MeshService): boolean =>
  autoAllocated ||
  (controlPlane.meshConfig.defaultProxyMetadata['ISTIO_META_DNS_AUTO_ALLOCATE'] === 'true' &&
    !isWildcard(hostname) &&
    resolution !== 'PASSTHROUGH')

/** Sidecars that listen for it without an address of its own; undefined: nobody is known, and new ones would. */
function listening(view: ControlPlaneView, record: MeshService): readonly Consumer[] | undefined {
  const sidecars = consumersOf(view).filter(({ atGateway }) => !atGateway)
  if (sidecars.length > 0) {
    return sidecars.filter(
      ({ scope, workloads }) =>
        isFor(record.exportTo, scope.namespace) &&
        scope.services.get(record.hostname)?.listening.some((one) => one.record === record) === true &&
        !(isAllocated(view, record) && workloads.every(({ dnsCapture }) => dnsCapture)),
    )
  }
  const captures = (cluster: Cluster): boolean => cluster.dnsCapture.value === true
  return isAllocated(view, record) && view.clusters.every(captures) ? [] : undefined
}

/** Another entry that would have the port for itself as well. */
const rivalOf = (view: ControlPlaneView, record: MeshService, { number }: MeshPort): MeshService | undefined =>
  bareByPort(view)
    .get(number)
    ?.find(({ service }) => service.entry !== record.entry)?.service

const bareByPort = remembered((view: ControlPlaneView) =>
  groupBy(
    view.services.filter(isBare).flatMap((service) => service.ports.filter(isBytes).map(({ number }) => ({ service, number }))),
    ({ number }) => number,
  ),
)

function tell(record: MeshService, port: MeshPort, consumers: readonly Consumer[] | undefined, rival: MeshService | undefined): string {
  const who = consumers === undefined ? 'sidecars' : `proxies of ${nameConsumers(consumers)}`
  const read = port.protocol === 'AUTO' ? `port ${port.number} without \`protocol\`` : `TCP port ${port.number}`
  const also = rival === undefined ? '' : `, as \`${rival.hostname}\` would, of which the first in order gets them all`
  const mend = record.autoAllocated ? '`addresses`, or DNS capture for these proxies' : '`addresses`'
  return `the entry has no address and ${read}: ${who} then listen for it on all addresses of the port and take what goes to unknown destinations there${also}; give it ${mend}`
}

function* breachesIn(view: ControlPlaneView): Iterable<Breach> {
  const told = new Set<string>()
  for (const record of pausing(view.services)) {
    const { entry } = record
    if (entry === undefined || entry.meta.index < 0 || !isBare(record)) continue
    for (const [index, port] of record.ports.entries()) {
      const key = `${entry.meta.index} ${index}`
      if (!isBytes(port) || told.has(key)) continue
      const consumers = listening(view, record)
      if (consumers?.length === 0) continue
      told.add(key)
      const rival = rivalOf(view, record, port)
      const severity = rival === undefined ? 'INFO' : 'WARNING'
      yield { on: view.ref(entry.meta, `spec.ports[${index}]`), severity, message: tell(record, port, consumers, rival) }
    }
  }
}

export const takesAllAddresses: Rule = {
  code: 'SEN102',
  name: 'takes-all-addresses',
  severity: 'WARNING',
  istio: ['IST0134'],
  kiali: [],
  summary: 'A TCP ServiceEntry has no address at some proxies, which listen for it on all addresses of the port (DNS-15, DNS-16).',
  *check(snapshot): Iterable<Breach> {
    for (const { views } of configurationsOf(snapshot)) if (views[0] !== undefined) yield* breachesIn(views[0])
  },
}
