import type { AuthorizationPolicy } from '../../resources/istio/authorization-policy.js'
import type { RequestAuthentication } from '../../resources/istio/request-authentication.js'
import type { Breach, Rule } from '../rule.js'
import { selectingNothing, type Unselecting } from '../selecting-nothing.js'

type Policy = AuthorizationPolicy | RequestAuthentication

const effectOf = (item: Policy): string => {
  if (!('action' in item)) return 'no proxy checks tokens by it'
  return item.action === 'ALLOW' ? 'nothing is closed by it, and what it was meant for stays as open as it was' : 'it stops no request'
}

const tell = ({ item, view, labels, hint }: Unselecting<Policy>): string => {
  const isRoot = item.meta.namespace === view.controlPlane.meshConfig.rootNamespace
  const where = isRoot ? 'of any namespace' : `in namespace \`${item.meta.namespace}\` of any cluster`
  const what = labels === '' ? `there is no workload ${where}` : `no workload ${where} has labels \`${labels}\``
  return `${what}, so ${effectOf(item)}${hint === '' ? '' : `; ${hint}`}`
}

const pathOf = ({ labels }: Unselecting<Policy>): string => (labels === '' ? 'metadata.namespace' : 'spec.selector')

/** A policy that is meant for workloads that are not there, or that have other labels, or that stand elsewhere. */
export const policySelectsNothing: Rule = {
  code: 'AUT101',
  name: 'policy-selects-nothing',
  severity: 'WARNING',
  istio: ['IST0127'],
  kiali: ['KIA0004'],
  summary: 'The policy selects no workload of any cluster, so no proxy enforces it (AUTHZ-2, AUTHZ-3).',
  *check(snapshot): Iterable<Breach> {
    for (const one of selectingNothing<Policy>(snapshot, ({ authorizationPolicies }) => authorizationPolicies))
      yield { on: one.view.ref(one.item.meta, pathOf(one)), message: tell(one), ...(one.labels === '' ? { kiali: [] } : {}) }
    for (const one of selectingNothing<Policy>(snapshot, ({ requestAuthentications }) => requestAuthentications))
      if (one.labels !== '') yield { on: one.view.ref(one.item.meta, pathOf(one)), message: tell(one), istio: [] }
  },
}
