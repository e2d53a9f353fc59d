import { expandPrincipals } from '../../analysis/authorization/expand-trust-domains.js'
import { authorityOf } from '../../analysis/trust/authority.js'
import { acceptedTrustDomains } from '../../analysis/trust/judge-trust-domain.js'
import { isOn } from '../../snapshot/flags.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { judgeDead } from './judge-dead.js'
import { type PlacedPolicy, policiesOf } from './policies-of.js'
import { readPrincipal } from './principal.js'
import { sourcesFail, sourceValues } from './stated-values.js'

/** Trust domains that some proxy which enforces the policy takes certificates of; undefined: any. */
function acceptedAt(snapshot: Snapshot, { view, at }: PlacedPolicy): ReadonlySet<string> | undefined {
  const places = at.length > 0 ? at : [{ view, cluster: view.configCluster }]
  const accepted = new Set<string>()
  for (const { view: own, cluster } of places) {
    const authority = authorityOf(snapshot, cluster?.name ?? '', own.controlPlane.name, false)
    if (authority === undefined || isOn(own.controlPlane, 'PILOT_SKIP_VALIDATE_TRUST_DOMAIN')) return undefined
    for (const domain of acceptedTrustDomains(authority).domains) accepted.add(domain)
  }
  return [...accepted].some(isPlaceholder) ? undefined : accepted
}

/** A tool is still to fill in what the trust domain is. */
const isPlaceholder = (domain: string): boolean => /[${}]/u.test(domain)

/** A principal of a trust domain of which the server takes no certificate. */
export const foreignTrustDomain: Rule = {
  code: 'AUT104',
  name: 'foreign-trust-domain',
  severity: 'ERROR',
  istio: [],
  kiali: ['KIA0108'],
  summary:
    'A rule is about callers of a trust domain whose certificates the server refuses before it looks at the rule (TLS-20, AUTHZ-15).',
  *check(snapshot): Iterable<Breach> {
    for (const placed of policiesOf(snapshot)) {
      const { policy, view } = placed
      const isGiven = view.controlPlane.meshConfig.because.length > 0
      const values = [...sourceValues(policy, 'principals', 'source.principal')]
      const accepted = values.length === 0 ? undefined : acceptedAt(snapshot, placed)
      if (accepted === undefined) continue
      const { trustDomain, trustDomainAliases } = view.controlPlane.meshConfig
      const foreignDomain = foreignOf([trustDomain, ...trustDomainAliases], accepted)
      const isAlive = (value: string): boolean => foreignDomain(value) === undefined
      const judge = judgeDead(placed, (rule) => sourcesFail(rule, 'principals', 'source.principal', isAlive))
      for (const one of values) {
        const domain = foreignDomain(one.value)
        if (domain === undefined) continue
        const { severity, effect } = judge(one, false)
        if (!isGiven) {
          const message = `whether \`${one.value}\` is somebody needs MeshConfig, which the document does not hold: with trust domain \`cluster.local\`, which is Istio’s default, certificates of \`${domain}\` are refused`
          yield { on: view.ref(policy.meta, one.path), severity: 'INFO', message }
          continue
        }
        const message = `certificates of trust domain \`${domain}\` are refused before any policy is asked, so \`${one.value}\` is nobody, and ${effect}: write the callers’ trust domain (${namesOf(accepted)}), or accept it by \`trustDomainAliases\``
        yield { on: view.ref(policy.meta, one.path), severity, message }
      }
    }
  },
}

/** The trust domain of a principal that is refused, after the control plane has put its own in the place of what it takes for local. */
const foreignOf =
  (localDomains: readonly string[], accepted: ReadonlySet<string>) =>
  (value: string): string | undefined => {
    const domains = expandPrincipals([value], localDomains).map((expanded) => {
      const read = readPrincipal(expanded)
      return typeof read === 'string' ? undefined : read.trustDomain
    })
    return domains.every((domain) => domain !== undefined && !accepted.has(domain)) ? domains[0] : undefined
  }

const namesOf = (accepted: ReadonlySet<string>): string => `\`${[...accepted].slice(0, 3).join('`, `')}\``
