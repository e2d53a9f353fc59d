import { selectingNothing } from '../selecting-nothing.js'
import type { Breach, Rule } from '../rule.js'
import { peerAuthenticationsOf } from './peer-authentications.js'

/** A PeerAuthentication that is for nobody. */
export const peerAuthenticationSelectsNothing: Rule = {
  code: 'TLS105',
  name: 'peer-authentication-selects-nothing',
  severity: 'WARNING',
  istio: [],
  kiali: ['KIA0004'],
  summary:
    'A PeerAuthentication selects no workload: none has its labels, or it stands in the root namespace, where selectors count for nothing (TLS-1, TLS-3).',
  *check(snapshot): Iterable<Breach> {
    for (const { policy, view, level } of peerAuthenticationsOf(snapshot)) {
      if (level !== 'IGNORED') continue
      const message = `a PeerAuthentication of the root namespace is for the whole mesh or, with a selector, for nobody, also not for workloads there: \`${policy.mode}\` holds nowhere; put it beside the workloads, in a namespace of their own`
      yield { on: view.ref(policy.meta, 'spec.selector'), message, kiali: [] }
    }
    for (const { item, view, labels, hint } of selectingNothing(snapshot, ({ peerAuthentications }) => peerAuthentications)) {
      const { namespace } = item.meta
      if (labels === '' || namespace === view.controlPlane.meshConfig.rootNamespace) continue
      const message = `no workload in namespace \`${namespace}\` of any cluster has labels \`${labels}\`, so \`${item.mode}\` holds nowhere, and what is set above it stays${hint === '' ? '' : `; ${hint}`}`
      yield { on: view.ref(item.meta, 'spec.selector'), message }
    }
  },
}
