import { type LabelSelector, readLabelSelector } from '../label-selector.js'
import type { Meta } from '../meta.js'
import { findObject, type Raw, type Reading, readList, readObject } from '../reading.js'
import { everything, type LabelExpression, ofLabelSelector } from './label-expression.js'
import { namespaceName } from '../kubernetes/namespace.js'
import type { PluginPolicy, PluginSubject } from './plugin-policy.js'

const ofNamespace = 'io.kubernetes.pod.namespace'
const namespaceLabels = 'io.cilium.k8s.namespace.labels.'

/** Cilium writes where a label comes from before its key. */
const bareKey = (key: string): string => key.replace(/^(k8s|any):/, '')

const keyOfNamespace = (key: string): string | undefined => {
  const bare = bareKey(key)
  if (bare === ofNamespace) return namespaceName
  return bare.startsWith(namespaceLabels) ? bare.slice(namespaceLabels.length) : undefined
}

/** Labels that Cilium itself derives (identities, service accounts) are on no pod. */
const keyOfPod = (key: string): string | undefined => {
  const bare = bareKey(key)
  return bare.startsWith('io.cilium.') || bare.startsWith('reserved') ? undefined : bare
}

const isOfNamespace = (key: string): boolean => keyOfNamespace(key) !== undefined

const split = ({ matchLabels, matchExpressions }: LabelSelector, keep: (key: string) => boolean): LabelSelector => ({
  matchLabels: Object.fromEntries(Object.entries(matchLabels).filter(([key]) => keep(key))),
  matchExpressions: matchExpressions.filter(({ key }) => keep(key)),
})

/** Are there rules for a direction, of any of these kinds? What they let through is not read. */
const stands = (reading: Reading, rule: Raw, at: string, keys: readonly string[]): boolean => {
  for (const key of keys) readList(reading, rule, key, at, () => undefined)
  return keys.some((key) => Array.isArray(rule[key]))
}

/** A rule without any direction cannot be told: it is taken to have a say in both. */
const subjectOf = (reading: Reading, rule: Raw, at: string, meta: Meta): PluginSubject | undefined => {
  // Policies for nodes select no pod.
  if (findObject(reading, rule, 'nodeSelector', at) !== undefined) return undefined
  const selector = readLabelSelector(reading, readObject(reading, rule, 'endpointSelector', at), `${at}.endpointSelector`)
  const ingress = stands(reading, rule, at, ['ingress', 'ingressDeny'])
  const egress = stands(reading, rule, at, ['egress', 'egressDeny'])
  const namespaces: LabelExpression = ofLabelSelector(split(selector, isOfNamespace), keyOfNamespace)
  return {
    pods: ofLabelSelector(
      split(selector, (key) => !isOfNamespace(key)),
      keyOfPod,
    ),
    namespaces: meta.namespace === '' ? namespaces : undefined,
    ingress: ingress || !egress,
    egress: egress || !ingress,
  }
}

/** CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy: one rule under `spec`, several under `specs`. Rule NP-40. */
export const readCiliumPolicy = (reading: Reading, raw: Raw, meta: Meta): PluginPolicy => {
  const spec = findObject(reading, raw, 'spec', '')
  const single = spec === undefined ? [] : [subjectOf(reading, spec, 'spec', meta)]
  const several = readList(reading, raw, 'specs', '', (inner, rule, at) => subjectOf(inner, rule, at, meta))
  const subjects = [...single, ...several].flatMap((subject) => subject ?? [])
  const none = spec === undefined && several.length === 0
  const anybody: PluginSubject = {
    pods: everything,
    namespaces: meta.namespace === '' ? everything : undefined,
    ingress: true,
    egress: true,
  }
  return { meta, plugin: 'Cilium', subjects: none ? [anybody] : subjects }
}
