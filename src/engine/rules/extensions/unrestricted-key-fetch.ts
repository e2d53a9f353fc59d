import { findIstiods } from '../../snapshot/control-planes/find-istiods.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'

const variable = 'BLOCKED_CIDRS_IN_JWKS_URIS'

/** An istiod that fetches keys from wherever a RequestAuthentication says. */
export const unrestrictedKeyFetch: Rule = {
  code: 'EXT113',
  name: 'unrestricted-key-fetch',
  severity: 'WARNING',
  istio: ['IST0175'],
  kiali: [],
  summary: 'RequestAuthentications name addresses of keys, and istiod fetches from any address that they name.',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      const { cluster } = configuration
      const naming = [...objectsOf(configuration, 'requestAuthentications')].filter(({ object }) =>
        object.jwtRules.some(({ fetchesKeys }) => fetchesKeys),
      )
      const [first] = naming
      if (first === undefined) continue
      const { meta } = first.object
      const more = naming.length > 1 ? ` and ${naming.length - 1} more` : ''
      for (const { env, ref } of findIstiods(cluster.resources, cluster.ref)) {
        if (env[variable] !== undefined) continue
        const message = `RequestAuthentication \`${meta.namespace}/${meta.name}\`${more} has istiod fetch keys by \`jwksUri\`, and whoever may write one has it call any address that it reaches; set \`${variable}\` to the ranges that it must not call`
        yield { on: ref, message }
      }
    }
  },
}
