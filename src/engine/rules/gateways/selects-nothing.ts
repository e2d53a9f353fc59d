import { pausing } from '../../pause.js'
import { shippedGateway } from '../../istiod/gateways/shipped-gateway.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import { remembered } from '../../remembered.js'
import type { Gateway } from '../../resources/istio/gateway.js'
import type { Labels } from '../../resources/meta.js'
import { isOn } from '../../snapshot/flags.js'
import { indexByLabels } from '../../snapshot/label-index.js'
import type { Cluster, ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import { configurationsOf, objectsOf, type ReadObject } from '../configurations.js'
import { mayReadMore } from '../sees-all-callers.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'
import { gatewayProxies } from './gateway-proxies.js'

interface Place {
  readonly labels: Labels
  readonly namespace: string
}

/** Instances of a cluster by their labels; those of one namespace that share theirs are one. */
const placesByLabels = remembered((cluster: Cluster) => {
  const places: Place[] = []
  for (const namespace of cluster.namespaceNames) {
    const sets = new Set(cluster.workloads(namespace).map((workload) => workload.labels))
    for (const labels of pausing(sets)) places.push({ labels, namespace })
  }
  return indexByLabels(places, ({ labels }) => labels)
})

const isScoped = (view: ControlPlaneView): boolean => isOn(view.controlPlane, 'PILOT_SCOPE_GATEWAY_TO_NAMESPACE')

const placesOf = (view: ControlPlaneView, { selector }: Gateway): readonly string[] =>
  view.clusters.flatMap((cluster) => (placesByLabels(cluster).matching(selector) ?? []).map(({ namespace }) => namespace))

function selectsSomewhere(view: ControlPlaneView, gateway: Gateway): boolean {
  if (Object.keys(gateway.selector).length === 0) return true
  const places = placesOf(view, gateway)
  return isScoped(view) ? places.includes(gateway.meta.namespace) : places.length > 0
}

/** Pods that would have the Gateway, did they not stand in another namespace (ROUTE-12). */
function tellScoped({ object, views: [view] }: ReadObject<Gateway>): Breach | undefined {
  const [place] = isScoped(view) ? placesOf(view, object) : []
  if (place === undefined) return undefined
  const message = `pods with the labels \`${written(object.selector)}\` stand in \`${place}\`, and with \`PILOT_SCOPE_GATEWAY_TO_NAMESPACE\` a Gateway is for pods of its own namespace alone: nothing opens its ports, and routes bound to it are nowhere; move it to \`${place}\``
  return { on: view.ref(object.meta, 'spec.selector'), message, severity: 'ERROR' }
}

/** Gateways that an installation of Istio or its guides bring: repositories of manifests seldom list them. */
const usual = /^(?:istio-)?(?:ingress|egress|eastwest)gateway$/u

const isInstalledElsewhere = ({ selector }: Gateway): boolean =>
  shippedGateway(selector) !== undefined || Object.values(selector).some((value) => usual.test(value))

/** Does a live cluster show everything that runs where gateways usually do? Then what is not there does not run. */
const showsAll = ({ configCluster, controlPlane }: ControlPlaneView): boolean =>
  configCluster?.observed === true && configCluster.workloads(controlPlane.systemNamespace).length > 0

const mayBeUnread = (view: ControlPlaneView): boolean =>
  mayReadMore(view) || isUnread(view.clusters, 'pods') || isUnread(view.clusters, 'podControllers')

const written = (labels: Labels): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')

function tell(snapshot: Snapshot, { object, views: [view] }: ReadObject<Gateway>, sure: boolean): Breach {
  const shown = gatewayProxies(snapshot)
    .filter(({ assumed, workload }) => !assumed && view.clusters.some(({ name }) => name === workload.cluster))
    .flatMap(({ workload }) => Object.entries(workload.labels).map(([key, value]) => `${key}=${value}`))
  const wanted = written(object.selector)
  const [near] = nearestNames(wanted, shown)
  const meant = near === undefined ? '' : `; gateway pods there have \`${near}\``
  const message = `no pod and no pod template has the labels \`${wanted}\`, so that nothing opens the ports of this Gateway, and routes bound to it are nowhere${meant}`
  return { on: view.ref(object.meta, 'spec.selector'), message, severity: sure ? 'ERROR' : 'WARNING' }
}

export const gatewaySelectsNothing: Rule = {
  code: 'GTW102',
  name: 'gateway-selects-nothing',
  severity: 'ERROR',
  istio: ['IST0101'],
  kiali: ['KIA0302'],
  summary: 'A Gateway selects no pod, so that no proxy opens its servers (NET-30, ROUTE-12).',
  *check(snapshot): Iterable<Breach> {
    const given = gatewayProxies(snapshot).filter(({ assumed }) => !assumed)
    for (const configuration of configurationsOf(snapshot)) {
      for (const read of objectsOf(configuration, 'gateways')) {
        const { object, views } = read
        if (views.some((view) => mayBeUnread(view) || selectsSomewhere(view, object))) continue
        const elsewhere = tellScoped(read)
        if (elsewhere !== undefined) {
          yield elsewhere
          continue
        }
        const sure = views.every(showsAll)
        const shows = given.some(({ view }) => views.includes(view))
        if (sure || (shows && !isInstalledElsewhere(object))) yield tell(snapshot, read, sure)
      }
    }
  },
}
