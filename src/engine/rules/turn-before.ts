/**
 * When may an answer about a snapshot become another, though nothing of the snapshot changes?
 *
 * Where a certificate begins or ends to be valid, and where what somebody accepted, or expects, comes to its end. Between two such moments all answers are
 * the same, but for the moment that they name.
 */
import { authorityOf } from '../analysis/trust/authority.js'
import { pause } from '../pause.js'
import { remembered } from '../remembered.js'
import { readX509 } from '../snapshot/certificates/read-x509.js'
import type { Certificate, Snapshot } from '../snapshot/snapshot.js'
import { statedSuppressions } from './suppressions/stated-suppressions.js'

/** Milliseconds since the epoch, the earliest first. */
const turnsIn = remembered((snapshot: Snapshot): readonly number[] => {
  const ends = [
    ...statedSuppressions(snapshot).suppressions.map(({ accepts }) => accepts.expires),
    ...snapshot.assertions.map(({ until }) => until),
  ]
  const turns = new Set(ends.flatMap((end) => (end === undefined ? [] : [Date.parse(end), Date.parse(end) + 1])))
  for (const certificate of certificatesIn(snapshot)) {
    pause()
    const read = readX509(certificate)
    if (read !== undefined) turns.add(read.from).add(read.until + 1)
  }
  return [...turns].sort((a, b) => a - b)
})

/** Those of control planes and of what they trust, and those that gateways present. */
function* certificatesIn(snapshot: Snapshot): Generator<Certificate> {
  for (const cluster of snapshot.clusters.values()) {
    for (const { name } of snapshot.controlPlanes.values()) {
      const authority = authorityOf(snapshot, cluster.name, name, true)
      yield* [...(authority?.signing ?? []), ...(authority?.roots ?? []), ...(authority?.extraRoots ?? [])]
    }
    for (const secrets of cluster.resources.secrets.values()) {
      for (const { certificates } of secrets) for (const pem of Object.values(certificates).flat()) yield { pem, fingerprint: '' }
    }
  }
}

/** From when on answers have been what they are at this moment; -Infinity: always. */
export const turnBefore = (snapshot: Snapshot, at: number): number =>
  turnsIn(snapshot).findLast((turn) => turn <= at) ?? Number.NEGATIVE_INFINITY
