/**
 * Does a signer's chain end at one of these roots, and from when until when?
 *
 * Anchors are compared by their DER and by subject and public key, never by the name of the Secret they came from; intermediates are verified,
 * not compared. Every certificate of the path must be a CA, and all of them must be valid at the moment asked about. Rules TRUST-4 … TRUST-6, TOPO-28.
 */
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

function issued(child: ReadCertificate, parent: ReadCertificate): boolean {
  try {
    return parent.x509.ca && child.x509.checkIssued(parent.x509) && child.x509.verify(parent.x509.publicKey)
  } catch {
    return false
  }
}

const pathOf = (certificates: readonly ReadCertificate[]): ChainPath => ({
  from: Math.max(...certificates.map(({ from }) => from)),
  until: Math.min(...certificates.map(({ until }) => until)),
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
    const same = anchors.filter((anchor) => anchor.keyAndSubject === last.keyAndSubject)
    for (const anchor of same) paths.push(pathOf([...path.slice(0, -1), anchor]))
    if (same.length > 0) return
    for (const anchor of anchors) if (issued(last, anchor)) paths.push(pathOf([...path, anchor]))
    for (const next of chain) if (!path.includes(next) && issued(last, next)) follow([...path, next], next)
  }
  const first = signing[0] === undefined ? undefined : readX509(signing[0])
  if (first !== undefined) follow([first], first)
  return paths
})
