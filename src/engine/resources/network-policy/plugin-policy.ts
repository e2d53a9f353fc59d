import type { Meta } from '../meta.js'
import type { LabelExpression } from './label-expression.js'

/** Pods that a plugin's policy selects, and the directions in which it has something to say of them. */
export interface PluginSubject {
  /** Tested against the pod's own labels. */
  readonly pods: LabelExpression
  /** Tested against those of its namespace; undefined: the policy's own namespace. */
  readonly namespaces: LabelExpression | undefined
  readonly ingress: boolean
  readonly egress: boolean
}

/** A policy of one network plugin: what it lets through is not evaluated, only whom it selects (NP-40). */
export interface PluginPolicy {
  readonly meta: Meta
  readonly plugin: 'Cilium' | 'Calico' | 'Antrea'
  readonly subjects: readonly PluginSubject[]
}
