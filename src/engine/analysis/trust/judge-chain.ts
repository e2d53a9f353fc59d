/**
 * Does one side's chain validate against the other side's roots at this moment?
 *
 * Both directions are needed for a handshake and are asked separately. Without roots, proxies of one CA trust each other, and between control
 * planes nothing can be said: a common mesh does not state a common root, unless the document says so of it. Rules TRUST-3, TRUST-5, TRUST-6, TRUST-10, TRUST-13.
 */
import { flatMap } from '../../flat-map.js'
import type { Assumption } from '../../model/step.js'
import type { Authority } from './authority.js'
import { chainPaths, unreadableCount } from './chain-paths.js'
import { commonRootOf, howToSettle, meshOf } from './common-root.js'
import { judged, type Judgement } from './judgement.js'
import { listSome } from '../answer/list-some.js'
import { readX509 } from '../../snapshot/certificates/read-x509.js'
import type { Certificate } from '../../snapshot/snapshot.js'
import { nameUnreadRoots } from '../unread-kinds/name-unread-roots.js'
import { remembered } from '../../remembered.js'

/**
 * May the certificates that `issuer` signs be verified by the proxies of `acceptor` at `at` (milliseconds since the epoch)?
 *
 * The answer is the same until a certificate begins or ends to be valid, and so it is given as of the last time that one did.
 */
export const judgeChain = (issuer: Authority, acceptor: Authority, at: number): Judgement =>
  judge(issuer, acceptor, turnsOf(issuer, acceptor).findLast((moment) => moment <= at) ?? Number.NEGATIVE_INFINITY)

/** Moments at which a path begins or ends to be valid, the earliest first. It is valid from its first moment to its last, both included. */
const turnsOf = remembered((issuer: Authority, acceptor: Authority): readonly number[] => {
  const paths = issuer.signing === undefined ? [] : chainPaths(issuer.signing, acceptor.roots ?? acceptor.extraRoots)
  return flatMap(paths, ({ from, until }) => [from, until + 1]).sort((a, b) => a - b)
})

const judge = remembered((issuer: Authority, acceptor: Authority, at: number): Judgement => {
  const because = flatMap(
    [issuer.controlPlane.signingCertificates, acceptor.controlPlane.rootCertificates, acceptor.cluster.rootCertificates],
    (fact) => fact.because,
  )
  if (issuer.signing === undefined) return withoutCertificates(issuer, acceptor)
  const paths = chainPaths(issuer.signing, acceptor.roots ?? acceptor.extraRoots)
  if (paths.length === 0 && acceptor.roots === undefined) return withoutCertificates(issuer, acceptor)
  const valid = paths.filter((path) => path.from <= at && at <= path.until).sort((a, b) => b.until - a.until)[0]
  if (valid !== undefined) {
    const message = `certificates of control plane \`${issuer.controlPlane.name}\` chain to root \`${valid.anchor}\`, which proxies in cluster \`${acceptor.cluster.name}\` trust`
    return { ...judged('TRUSTED', 'COMMON_ROOT', message, because, acceptor.assumptions), validUntil: valid.until }
  }
  if (paths[0] !== undefined) {
    const { from, until } = paths[0]
    const when =
      from > at ? `becomes valid only at ${new Date(from).toISOString()}` : `was valid only until ${new Date(until).toISOString()}`
    const message = `the chain of control plane \`${issuer.controlPlane.name}\` to root \`${paths[0].anchor}\` ${when}`
    return judged('NOT_TRUSTED', 'CERTIFICATE_EXPIRED', message, because, acceptor.assumptions)
  }
  return withoutPath(issuer, acceptor, because)
})

function withoutPath(issuer: Authority, acceptor: Authority, because: Judgement['because']): Judgement {
  const damaged = unreadableCount(issuer.signing ?? []) + unreadableCount(acceptor.roots ?? [])
  const verifier = `proxies in cluster \`${acceptor.cluster.name}\``
  if (damaged > 0) {
    const message = `${damaged} of the certificates of control plane \`${issuer.controlPlane.name}\` and of the roots of ${verifier} cannot be read`
    return judged('UNDETERMINED', 'CERTIFICATE_UNREADABLE', message, because)
  }
  const unknown = acceptor.unknownAnchors.find(({ mesh }) => mesh === undefined || mesh === meshOf(issuer))
  if (unknown !== undefined)
    return judged('UNDETERMINED', 'ROOTS_UNKNOWN', `${verifier} may trust the chain by ${unknown.message}, which is not given`, because)
  const message = `certificates of control plane \`${issuer.controlPlane.name}\` ${tellRoots(issuer, acceptor, verifier)}`
  return judged('NOT_TRUSTED', 'NO_COMMON_ROOT', message, because, acceptor.assumptions)
}

const namesOf = (certificates: readonly Certificate[], whose: 'subject' | 'issuer'): readonly string[] => [
  ...new Set(certificates.flatMap((certificate) => readX509(certificate)?.x509[whose].replaceAll('\n', ', ') ?? [])),
]

/** Where the chain leads to, and what is trusted in place of that: by their names, and that names may deceive. */
function tellRoots({ signing = [] }: Authority, { roots = [] }: Authority, verifier: string): string {
  const [top] = namesOf(signing.slice(-1), 'issuer')
  const trusted = namesOf(roots, 'subject')
  if (top === undefined || trusted.length === 0) return `chain to no root that ${verifier} trust`
  const alike = trusted.includes(top) ? ', of another key' : ''
  return `come from root \`${top}\`, and ${verifier} trust only root ${listSome(trusted)}${alike}`
}

/** One control plane, or two revisions that share the CA in one system namespace. */
const sameAuthority = (a: Authority, b: Authority): boolean =>
  a.controlPlane === b.controlPlane ||
  (a.controlPlane.cluster !== undefined &&
    a.controlPlane.cluster === b.controlPlane.cluster &&
    a.controlPlane.systemNamespace === b.controlPlane.systemNamespace)

function withoutCertificates(issuer: Authority, acceptor: Authority): Judgement {
  const federation = acceptor.unknownAnchors.find(({ mesh }) => mesh !== undefined && mesh === meshOf(issuer))
  const verifier = `proxies in cluster \`${acceptor.cluster.name}\``
  if (sameAuthority(issuer, acceptor)) {
    const message = `control plane \`${issuer.controlPlane.name}\` issues the certificates of both sides`
    const assumption: Assumption = {
      code: 'ROOTS_ASSUMED',
      message: `no roots are stated, so ${verifier} are assumed to trust their own control plane’s CA`,
      because: [],
    }
    return judged('TRUSTED', 'SAME_CONTROL_PLANE', message, [issuer.controlPlane.ref], [assumption])
  }
  if (federation !== undefined) {
    const message = `${verifier} trust ${federation.message} by the stated federation`
    return judged('TRUSTED', 'COMMON_ROOT', message, [], acceptor.assumptions)
  }
  const common = commonRootOf(issuer, acceptor)
  if (common !== undefined) return common
  const missing = [
    ...(issuer.signing === undefined
      ? [`\`signingCertificates\` (or \`rootCertificates\`) of control plane \`${issuer.controlPlane.name}\``]
      : []),
    ...(acceptor.roots === undefined ? [`\`rootCertificates\` of cluster \`${acceptor.cluster.name}\``] : []),
  ]
  const unread = nameUnreadRoots(issuer.snapshot, [issuer.controlPlane, acceptor.controlPlane], [issuer.cluster, acceptor.cluster])
  return judged(
    'UNDETERMINED',
    'ROOTS_UNKNOWN',
    `whether ${verifier} trust control plane \`${issuer.controlPlane.name}\` is unknown without ${missing.join(' and ')}${unread}; ${howToSettle(issuer, acceptor)}`,
  )
}
