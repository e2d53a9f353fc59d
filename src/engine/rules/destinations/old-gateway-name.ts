import { gatewayName } from '../../istiod/gateways/gateways-selecting.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'

const isOld = (written: string): boolean => written.includes('.') && !written.includes('/')

export const oldGatewayName: Rule = {
  code: 'DST110',
  name: 'old-gateway-name',
  severity: 'INFO',
  istio: [],
  kiali: ['KIA1108'],
  summary: 'A VirtualService names a Gateway by a host, as releases before 1.3 did (ROUTE-11).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const { object, views } of objectsOf(configuration, 'virtualServices')) {
        for (const [index, written] of object.gateways.entries()) {
          if (!isOld(written)) continue
          const message = `\`${written}\` is read as Gateway \`${gatewayName(written, object.meta.namespace)}\`, of which only the first two labels count; write it so`
          yield { on: views[0].ref(object.meta, `spec.gateways[${index}]`), message }
        }
      }
    }
  },
}
