import type { Remedy } from '../model/step.js'
import type { Judgement } from './judgement.js'

const summaries: Readonly<Record<string, string>> = {
  NO_COMMON_ROOT: 'let both CAs be signed by one root, or add each side’s root to the other side’s `root-cert.pem`',
  CERTIFICATE_EXPIRED: 'replace the certificate that is not valid, and restart the control plane that uses it',
  TRUST_DOMAIN_NOT_ACCEPTED: 'add the client’s trust domain to `trustDomainAliases` of the server’s control plane',
  NAME_MISMATCH: 'add the server’s trust domain to `trustDomainAliases` of the client’s control plane, or state `subjectAltNames`',
  ROOTS_UNKNOWN: 'state `rootCertificates` (and `signingCertificates`, where an intermediate signs) for both sides',
}

/** What would turn the judgement, where one change is known to; nothing for trust. */
export function trustRemedies({ verdict, reason }: Judgement): Remedy[] {
  const summary = verdict === 'TRUSTED' ? undefined : summaries[reason]
  return summary === undefined ? [] : [{ summary, cluster: null, manifest: null }]
}
