import type { Raw } from '../../resources/reading.js'
import { checkCondition, checkOperation, checkSource } from './policy-conditions.js'
import { type Complaint, has, listIn, objectIn, objectsIn, textIn, type Validation } from './fields.js'
import { checkSelector, checkTargets } from './common-parts.js'

/** An AuthorizationPolicy: rules that can match, of conditions that are known, and a provider where somebody else is asked. */
export const validateAuthorizationPolicy: Validation = function* validateAuthorizationPolicy(object) {
  const spec = objectIn(object, 'spec')
  const action = textIn(spec, 'action') || 'ALLOW'
  const isRuled = listIn(spec, 'rules').length > 0
  yield* checkSelector(spec, 'selector', 'matchLabels')
  yield* checkTargets(spec)
  if (!isRuled && (action === 'DENY' || action === 'CUSTOM')) {
    yield { at: 'spec', says: `is ${action} and has no \`rules\`: it never applies; \`rules: [{}]\` is for every request` }
  }
  if (action === 'CUSTOM' && isRuled && textIn(objectIn(spec, 'provider'), 'name') === '') {
    yield { at: 'spec', says: 'is CUSTOM and names no `provider`: nobody is asked' }
  }
  if (action !== 'CUSTOM' && has(spec, 'provider'))
    yield { at: 'spec.provider', says: `is set, though the action is ${action}: only CUSTOM asks a provider` }
  yield* checkDryRun(object, action)
  for (const [rule, at] of objectsIn(spec, 'rules', 'spec')) yield* checkRule(rule, at, action)
}

function* checkDryRun(object: Raw, action: string): Iterable<Complaint> {
  const value = objectIn(objectIn(object, 'metadata'), 'annotations')['istio.io/dry-run']
  if (typeof value !== 'string') return
  const at = 'metadata.annotations["istio.io/dry-run"]'
  if (action !== 'ALLOW' && action !== 'DENY')
    yield { at, says: `is set, though the action is ${action}: only ALLOW and DENY can be tried without effect` }
  else if (!/^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value))
    yield { at, says: `is \`${value}\`, which is neither \`true\` nor \`false\`` }
}

function* checkRule(rule: Raw, at: string, action: string): Iterable<Complaint> {
  for (const [from, place] of objectsIn(rule, 'from', at)) {
    if (has(from, 'source')) yield* checkSource(objectIn(from, 'source'), `${place}.source`, action)
    else yield { at: place, says: 'has no `source`' }
  }
  for (const [to, place] of objectsIn(rule, 'to', at)) {
    if (has(to, 'operation')) yield* checkOperation(objectIn(to, 'operation'), `${place}.operation`)
    else yield { at: place, says: 'has no `operation`' }
  }
  for (const [condition, place] of objectsIn(rule, 'when', at)) yield* checkCondition(condition, place, action)
}
