/**
 * Does a signer's chain end at one of these roots, and from when until when?
 *
 * Anchors are compared by their DER and by subject and public key, never by the name of the Secret they came from; intermediates are verified,
 * not compared. Every certificate of the path must be a CA, and all of them must be valid at the moment asked about. Rules TRUST-4 … TRUST-6, TOPO-28.
 */
import { X509Certificate } from 'node:crypto'
import type { Certificate } from '../snapshot/snapshot.js'

/** Milliseconds since the epoch; a path is valid while all of its certificates are. */
export interface ChainPath {
  readonly from: number
  readonly until: number
  readonly anchor: string
}

interface Readable {
  readonly x509: X509Certificate
  readonly fingerprint: string
  readonly from: number
  readonly until: number
  readonly keyAndSubject: string
}

const read = new WeakMap<Certificate, Readable | null>()
const pathsMemo = new WeakMap<readonly Certificate[], WeakMap<readonly Certificate[], readonly ChainPath[]>>()
/** More certificates than any real chain has; beyond it nothing is looked at. */
const mostCertificates = 200

/** The certificate, or undefined when it cannot be read: bytes after its DER count as damage, as they do in BoringSSL. */
function readable(certificate: Certificate): Readable | undefined {
  let known = read.get(certificate)
  if (known === undefined) read.set(certificate, (known = parse(certificate.pem)))
  return known ?? undefined
}

function parse(pem: string): Readable | null {
  try {
    const x509 = new X509Certificate(pem)
    const body = pem.replace(/-----[^-]+-----/gu, '')
    if (Buffer.from(body, 'base64').length !== x509.raw.length) return null
    const key = x509.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
    return {
      x509,
      fingerprint: x509.fingerprint256,
      from: Date.parse(x509.validFrom),
      until: Date.parse(x509.validTo),
      keyAndSubject: `${x509.subject}\n${key}`,
    }
  } catch {
    return null
  }
}

export const isReadableAuthority = (certificate: Certificate): boolean => readable(certificate)?.x509.ca === true

/** How many of these cannot be read as certificates. */
export const unreadableCount = (certificates: readonly Certificate[]): number =>
  certificates.filter((certificate) => readable(certificate) === undefined).length

function issued(child: Readable, parent: Readable): boolean {
  try {
    return parent.x509.ca && child.x509.checkIssued(parent.x509) && child.x509.verify(parent.x509.publicKey)
  } catch {
    return false
  }
}

const pathOf = (certificates: readonly Readable[]): ChainPath => ({
  from: Math.max(...certificates.map(({ from }) => from)),
  until: Math.min(...certificates.map(({ until }) => until)),
  anchor: certificates.at(-1)?.x509.subject.replaceAll('\n', ', ') ?? '',
})

function findPaths(signing: readonly Certificate[], roots: readonly Certificate[]): readonly ChainPath[] {
  const chain = signing.slice(0, mostCertificates).flatMap((certificate) => readable(certificate) ?? [])
  const anchors = roots.slice(0, mostCertificates).flatMap((certificate) => readable(certificate) ?? [])
  const paths: ChainPath[] = []
  const follow = (path: readonly Readable[], last: Readable): void => {
    if (!last.x509.ca || path.length > 10) return
    const same = anchors.filter((anchor) => anchor.fingerprint === last.fingerprint || anchor.keyAndSubject === last.keyAndSubject)
    for (const anchor of same) paths.push(pathOf([...path.slice(0, -1), anchor]))
    if (same.length > 0) return
    for (const anchor of anchors) if (issued(last, anchor)) paths.push(pathOf([...path, anchor]))
    for (const next of chain) if (!path.includes(next) && issued(last, next)) follow([...path, next], next)
  }
  const first = chain[0]
  if (first !== undefined && readable(signing[0] as Certificate) === first) follow([first], first)
  return paths
}

/**
 * All paths from the signer (the first of `signing`, the rest being its chain) to one of the roots.
 *
 * Independent of time, and kept for as long as both lists live.
 */
export function chainPaths(signing: readonly Certificate[], roots: readonly Certificate[]): readonly ChainPath[] {
  let byRoots = pathsMemo.get(signing)
  if (byRoots === undefined) pathsMemo.set(signing, (byRoots = new WeakMap()))
  let paths = byRoots.get(roots)
  if (paths === undefined) byRoots.set(roots, (paths = findPaths(signing, roots)))
  return paths
}
