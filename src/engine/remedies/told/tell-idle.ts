import { listSome } from '../../analysis/answer/list-some.js'
import { looksAtRequests } from '../../analysis/authorization/why-none-allows.js'
import { pause } from '../../pause.js'
import type { AuthorizationPolicy } from '../../resources/istio/authorization-policy.js'
import { labelsInclude } from '../../snapshot/label-selector.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { ownerKey } from '../servers-of.js'

/**
 * ALLOW policies of which ztunnel heeds no rule: they only refuse, and do no more as soon as another one is there to refuse whatever it does not allow.
 *
 * They may go where they are for nobody else. Rules AUTHZ-6, AUTHZ-40, AMB-38.
 */
export const tellIdle = (view: ControlPlaneView, server: Workload, allow: readonly AuthorizationPolicy[]): readonly string[] => {
  const idle = allow.filter(({ rules }) => rules.length > 0 && rules.every((rule) => looksAtRequests(view, rule)))
  if (idle.length === 0) return []
  const names = listSome([...new Set(idle.map(({ meta }) => `${meta.namespace}/${meta.name}`))])
  const [admits, itself] = idle.length === 1 ? ['admits', 'itself'] : ['admit', 'themselves']
  const spared = idle.every((policy) => isForNobodyElse(view, server, policy)) ? ', and may be deleted afterwards' : ''
  return [`${names} ${admits} nobody by ${itself}, as ztunnel leaves out rules on HTTP${spared}`]
}

const isForNobodyElse = (view: ControlPlaneView, server: Workload, { meta, selector = {} }: AuthorizationPolicy): boolean => {
  if (meta.namespace === view.controlPlane.meshConfig.rootNamespace) return false
  return view.workloads(meta.namespace).every((workload) => {
    pause()
    return !labelsInclude(workload.labels, selector) || ownerKey(workload) === ownerKey(server)
  })
}
