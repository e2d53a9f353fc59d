import { type Authority, authorityOf } from '../../analysis/trust/authority.js'
import { judgeChain } from '../../analysis/trust/judge-chain.js'
import { wouldTakeAnchors } from '../../snapshot/workloads/takes-anchors.js'
import { pausing } from '../../pause.js'
import { headerRef } from '../../snapshot/references.js'
import type { Certificate, ControlPlane, Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'

const named = (certificates: readonly Certificate[] | undefined): string =>
  certificates === undefined ? '?' : certificates.map(({ fingerprint }) => fingerprint).join()

/** Those of whose proxies some take what their control plane hands out, and some do not, are told as who does not (TRUST-9). */
interface Accepting {
  readonly authority: Authority
  readonly onlySome: boolean
}

/** The mesh's control planes as those who issue and trust, where it is known whom; one for all that do so alike. */
const distinctAuthorities = (snapshot: Snapshot, names: readonly string[]): readonly Accepting[] => {
  const byKind = new Map<string, Accepting>()
  for (const name of names) {
    const plane = snapshot.controlPlanes.get(name)
    const takes = plane === undefined ? new Set([false]) : agentsOf(snapshot, plane)
    const authority = authorityOf(snapshot, plane?.configCluster ?? plane?.cluster ?? '', name, !takes.has(false))
    if (authority?.roots === undefined || authority.roots.length === 0) continue
    const kind = `${named(authority.roots)} ${named(authority.signing)}`
    if (!byKind.has(kind)) byKind.set(kind, { authority, onlySome: takes.size > 1 })
  }
  return [...byKind.values()]
}

/** Do agents of its proxies take anchors? Without proxies, as those would that come. */
const agentsOf = (snapshot: Snapshot, plane: ControlPlane): ReadonlySet<boolean> => {
  const found = new Set<boolean>()
  if (plane.meshConfig.caCertificates.length > 0) {
    for (const cluster of snapshot.clusters.values()) {
      const workloads = cluster.namespaceNames.flatMap((namespace) => cluster.workloads(namespace))
      for (const { controlPlane, takesAnchors } of pausing(workloads)) if (controlPlane === plane.name) found.add(takesAnchors)
    }
  }
  const configCluster = snapshot.clusters.get(plane.configCluster ?? '')
  return found.size > 0 ? found : new Set([wouldTakeAnchors(plane, configCluster, { namespace: plane.meshConfig.rootNamespace })])
}

/** Certificates that were valid once, or will be, are another matter: the moment does not count. */
const rejects = (acceptor: Authority, issuer: Authority): boolean =>
  judgeChain(issuer, acceptor, Number.NEGATIVE_INFINITY).reason === 'NO_COMMON_ROOT'

/** What stands between the two, as `trust` would say of their identities; undefined: nothing that is known. */
const tell = (one: Accepting, other: Accepting): string | undefined => {
  const [forth, back] = [rejects(one.authority, other.authority), rejects(other.authority, one.authority)]
  const [first, second] = [one, other].map(({ authority: { controlPlane } }) => `\`${controlPlane.name}\``)
  const proxiesOf = ({ onlySome }: Accepting): string => (onlySome ? 'some proxies' : 'proxies')
  if (forth && back) return `control planes ${first} and ${second} have no root certificate in common`
  if (forth) return `${proxiesOf(one)} of control plane ${first} trust no root of the certificates that ${second} issues`
  return back ? `${proxiesOf(other)} of control plane ${second} trust no root of the certificates that ${first} issues` : undefined
}

export const unrelatedRoots: Rule = {
  code: 'TRU101',
  name: 'unrelated-roots',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary: 'Control planes of one mesh trust no root in common, so mutual TLS between their workloads fails (TRUST-3, TRUST-5, TRUST-9).',
  *check(snapshot): Iterable<Breach> {
    for (const mesh of snapshot.meshes) {
      const [first, ...others] = distinctAuthorities(snapshot, mesh.controlPlanes)
      if (first === undefined) continue
      for (const other of others) {
        const message = tell(first, other)
        if (message === undefined) continue
        yield {
          on: headerRef('ControlPlane', other.authority.controlPlane.name, 'rootCertificates'),
          message: `${message}, in mesh \`${mesh.name}\`${mesh.commonRoot === undefined ? '' : ', of which `commonRoot` states otherwise'}`,
        }
      }
    }
  },
}
