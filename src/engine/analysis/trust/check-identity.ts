import type { Problem } from '../../model/app-error.js'
import type { IdentityInput } from '../../model/question.js'

const malformed = (message: string, pointer: string): Problem => ({
  code: 'PARAMETER_INVALID',
  message,
  details: { errors: [{ code: 'IDENTITY_INVALID', detail: message, pointer }] },
})

/** Is it one of the two forms, and only one: a SPIFFE ID, or a namespace and a service account (TRUST-1)? */
export function checkIdentity(side: 'client' | 'server', { spiffeId, namespace, serviceAccount }: IdentityInput): Problem | undefined {
  const place = `#/${side}`
  if (!spiffeId) {
    if (namespace) return undefined
    return malformed(`\`${side}\` needs a \`spiffeId\`, or a \`namespace\` and a \`serviceAccount\``, place)
  }
  const other = namespace ? 'namespace' : serviceAccount ? 'serviceAccount' : undefined
  if (other !== undefined)
    return malformed(`\`${side}\` has a \`spiffeId\` and a \`${other}\`: it is one or the other`, `${place}/${other}`)
  if (isSpiffeId(spiffeId)) return undefined
  return malformed(
    `\`${spiffeId.slice(0, 100)}\` is not a SPIFFE ID: it is written \`spiffe://<trust domain>/<path>\``,
    `${place}/spiffeId`,
  )
}

const isSpiffeId = (text: string): boolean => /^spiffe:\/\/[^/\s]+\/\S+$/u.test(text)
