import { namedIn } from '../../istiod/matching/named-in.js'
import { overlaps } from '../../snapshot/covers.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { KubernetesGateway } from '../../resources/kubernetes/kubernetes-gateway.js'
import { configurationsOf, objectsOf, type ReadObject } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { isMadeByIstiod, type NamedGateway, namedGateways } from './named-gateways.js'

/** The Gateway of the Gateway API by that name, where no Gateway of Istio has it. */
function findGateway({ views: [view] }: ReadObject<VirtualService>, { name }: NamedGateway): KubernetesGateway | undefined {
  const { configuration, configCluster } = view
  const [namespace = '', own = ''] = name.split('/')
  if (configCluster === undefined || namedIn(configuration.gateways).has(`${namespace}/${own}`)) return undefined
  return namedIn(configCluster.resources.kubernetesGateways).get(`${namespace}/${own}`)
}

const takesOne = ({ listeners }: KubernetesGateway, hosts: readonly string[]): boolean =>
  listeners.some(({ hostname = '' }) => hostname === '' || hosts.some((host) => overlaps(hostname.toLowerCase(), host)))

function judge(read: ReadObject<VirtualService>, named: NamedGateway): Breach | undefined {
  const { object, views } = read
  const on = views[0].ref(object.meta, named.path)
  if (isMadeByIstiod(named)) {
    const message = `\`${named.written}\` is what istiod makes of a Gateway of the Gateway API, under a name that changes with releases: attach an HTTPRoute to that Gateway instead`
    return { on, message, istio: ['IST0165'] }
  }
  const gateway = findGateway(read, named)
  if (gateway === undefined) return undefined
  const unmet = takesOne(gateway, object.hosts) ? '' : ', none of whose listeners takes its hosts'
  const message = `\`${named.name}\` is a Gateway of the Gateway API${unmet}, and no VirtualService is bound to those: it answers with 404; attach an HTTPRoute, or write a Gateway of \`networking.istio.io\``
  return { on, message, istio: unmet === '' ? [] : ['IST0132'] }
}

export const attachedToGatewayApi: Rule = {
  code: 'GTW104',
  name: 'attached-to-gateway-api',
  severity: 'WARNING',
  istio: ['IST0165', 'IST0132'],
  kiali: [],
  summary: 'A VirtualService names a Gateway of the Gateway API, or what istiod makes of one: its routes are not bound to it (ROUTE-11).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const read of objectsOf(configuration, 'virtualServices')) {
        for (const named of namedGateways(read.object)) {
          const breach = judge(read, named)
          if (breach !== undefined) yield breach
        }
      }
    }
  },
}
