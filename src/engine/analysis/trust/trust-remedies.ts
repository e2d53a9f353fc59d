import type { Remedy } from '../../model/step.js'
import type { Judgement } from './judgement.js'

const summaries: Readonly<Record<string, string>> = {
  NO_COMMON_ROOT: 'let both CAs be signed by one root, or add each side’s root to the other side’s `root-cert.pem`',
  CERTIFICATE_EXPIRED: 'replace the certificate that is not valid, and restart the control plane that uses it',
  TRUST_DOMAIN_NOT_ACCEPTED: 'add the client’s trust domain to `trustDomainAliases` of the server’s control plane',
  NAME_MISMATCH: 'add the server’s trust domain to `trustDomainAliases` of the client’s control plane, or state `subjectAltNames`',
  ROOTS_UNKNOWN:
    'state `commonRoot: true` of the mesh, where one root stands behind both sides, or `rootCertificates` (and `signingCertificates`, where an intermediate signs) for both',
}

/** What would turn the judgements of a handshake: one change for each kind of objection, and all of them together, as one alone would not do. */
export function trustRemedies(judgements: readonly Judgement[]): Remedy[] {
  const objections = judgements.filter(({ verdict }) => verdict !== 'TRUSTED')
  const changes = [...new Set(objections.map(({ reason }) => summaries[reason]))]
  // An objection that nothing is known against leaves the rest without effect.
  if (changes.length === 0 || changes.includes(undefined)) return []
  return [{ summary: changes.join('; and '), cluster: null, controlPlane: null, manifest: null, alsoOpens: null }]
}
