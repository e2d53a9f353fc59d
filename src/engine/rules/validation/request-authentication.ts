import type { Raw } from '../../resources/reading.js'
import { type Complaint, objectIn, objectsIn, textIn, type Validation } from './fields.js'
import { checkSelector, checkTargets } from './common-parts.js'

/** A RequestAuthentication: who issues the tokens, and keys that can be read. */
export const validateRequestAuthentication: Validation = function* validateRequestAuthentication(object) {
  const spec = objectIn(object, 'spec')
  yield* checkSelector(spec, 'selector', 'matchLabels')
  yield* checkTargets(spec)
  for (const [rule, at] of objectsIn(spec, 'jwtRules', 'spec')) yield* checkTokens(rule, at)
}

function* checkTokens(rule: Raw, at: string): Iterable<Complaint> {
  if (['issuer', 'jwksUri', 'jwks_uri'].every((key) => textIn(rule, key) === '')) {
    yield { at, says: 'has neither `issuer` nor `jwksUri`: no token could be verified' }
  }
  const keys = textIn(rule, 'jwks')
  if (keys !== '' && !isKeySet(keys)) yield { at: `${at}.jwks`, says: 'is no set of keys (`{"keys": […]}`)' }
}

/** A JSON Web Key, or a set of them. */
const isKeySet = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return false
    return 'kty' in value || ('keys' in value && Array.isArray(value.keys))
  } catch {
    return false
  }
}
