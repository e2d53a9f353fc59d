/**
 * Does a signer's chain end at one of these roots, and from when until when?
 *
 * Anchors are compared by their DER and by subject and public key, never by the name of the Secret they came from; intermediates are verified,
 * not compared. Every certificate of the path must be a CA, and all of them must be valid at the moment asked about. Rules TRUST-4 … TRUST-6, TOPO-28.
 */
import { leastOf } from '../../least-of.js'
import { mostOf } from '../../most-of.js'
import { type ReadCertificate, readX509 } from '../../snapshot/certificates/read-x509.js'
import type { Certificate } from '../../snapshot/snapshot.js'
import { remembered } from '../../remembered.js'

/** Milliseconds since the epoch; a path is valid while all of its certificates are. */
export interface ChainPath {
  readonly from: number
  readonly until: number
  readonly anchor: string
}

/** More certificates than any real chain has; beyond it nothing is looked at. */
const mostCertificates = 200
/** Cross-signed CAs lead to one another without end: the search gives up long after any real chain has ended. */
const mostSteps = 100

/** How many of these cannot be read as certificates. */
export const unreadableCount = (certificates: readonly Certificate[]): number =>
  certificates.filter((certificate) => readX509(certificate) === undefined).length

/** Is the parent the issuer by its name and key identifier? That is all a verifier looks at before it takes one. */
function claims(child: ReadCertificate, parent: ReadCertificate): boolean {
  try {
    return parent.x509.ca && child.x509.checkIssued(parent.x509)
  } catch {
    return false
  }
}

/** Would what the signer signs name this anchor as its issuer? Key identifiers decide only where both have one. */
const maySignAs = ({ x509, keyId }: ReadCertificate, anchor: ReadCertificate): boolean =>
  anchor.x509.ca && anchor.x509.subject === x509.subject && (keyId === undefined || anchor.keyId === undefined || keyId === anchor.keyId)

/**
 * Of the anchors that could be the issuer a verifier takes the first and never comes back (BoringSSL, as Envoy uses it): nothing is left where that
 * one has another key, and all that are the same anchor signed again where it has this one.
 */
const firstOfKey = (candidates: readonly ReadCertificate[], right: ReadCertificate): readonly ReadCertificate[] =>
  candidates[0]?.keyAndSubject === right.keyAndSubject
    ? candidates.filter(({ keyAndSubject }) => keyAndSubject === right.keyAndSubject)
    : []

function issued(child: ReadCertificate, parent: ReadCertificate): boolean {
  try {
    return parent.x509.ca && child.x509.checkIssued(parent.x509) && child.x509.verify(parent.x509.publicKey)
  } catch {
    return false
  }
}

const pathOf = (certificates: readonly ReadCertificate[]): ChainPath => ({
  from: mostOf(certificates.map(({ from }) => from)),
  until: leastOf(certificates.map(({ until }) => until)),
  anchor: certificates.at(-1)?.x509.subject.replaceAll('\n', ', ') ?? '',
})

const distinct = (certificates: readonly Certificate[]): readonly ReadCertificate[] => [
  ...new Map(
    certificates.slice(0, mostCertificates).flatMap((certificate) => {
      const read = readX509(certificate)
      return read === undefined ? [] : [[read.fingerprint, read]]
    }),
  ).values(),
]

/**
 * All paths from the signer (the first of `signing`, the rest being its chain) to one of the roots.
 *
 * Independent of time, and kept for as long as both lists live.
 */
export const chainPaths = remembered((signing: readonly Certificate[], roots: readonly Certificate[]): readonly ChainPath[] => {
  const [chain, anchors] = [distinct(signing), distinct(roots)]
  const paths: ChainPath[] = []
  let budget = mostSteps
  const follow = (path: readonly ReadCertificate[], last: ReadCertificate): void => {
    budget -= 1
    if (!last.x509.ca || budget < 0) return
    const standing = anchors.filter((anchor) => maySignAs(last, anchor))
    if (standing.length > 0) {
      for (const anchor of firstOfKey(standing, last)) paths.push(pathOf([...path.slice(0, -1), anchor]))
      return
    }
    const above = anchors.filter((anchor) => claims(last, anchor))
    if (above[0] !== undefined) {
      if (issued(last, above[0])) for (const anchor of firstOfKey(above, above[0])) paths.push(pathOf([...path, anchor]))
      return
    }
    for (const next of chain) if (!path.includes(next) && issued(last, next)) follow([...path, next], next)
  }
  const first = signing[0] === undefined ? undefined : readX509(signing[0])
  if (first !== undefined) follow([first], first)
  return paths
})
