import { type Authority, authorityOf } from '../../analysis/trust/authority.js'
import { judgeChain } from '../../analysis/trust/judge-chain.js'
import { headerRef } from '../../snapshot/references.js'
import type { Certificate, Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'

const named = (certificates: readonly Certificate[] | undefined): string =>
  certificates === undefined ? '?' : certificates.map(({ fingerprint }) => fingerprint).join()

/** The mesh's control planes as those who issue and trust, where it is known whom; one for all that do so alike. */
const distinctAuthorities = (snapshot: Snapshot, names: readonly string[]): readonly Authority[] => {
  const byKind = new Map<string, Authority>()
  for (const name of names) {
    const plane = snapshot.controlPlanes.get(name)
    const authority = authorityOf(snapshot, plane?.configCluster ?? plane?.cluster ?? '', name)
    if (authority?.roots === undefined || authority.roots.length === 0) continue
    const kind = `${named(authority.roots)} ${named(authority.signing)}`
    if (!byKind.has(kind)) byKind.set(kind, authority)
  }
  return [...byKind.values()]
}

/** Certificates that were valid once, or will be, are another matter: the moment does not count. */
const rejects = (acceptor: Authority, issuer: Authority): boolean =>
  judgeChain(issuer, acceptor, Number.NEGATIVE_INFINITY).reason === 'NO_COMMON_ROOT'

/** What stands between the two, as `trust` would say of their identities; undefined: nothing that is known. */
const tell = (one: Authority, other: Authority): string | undefined => {
  const [forth, back] = [rejects(one, other), rejects(other, one)]
  const [first, second] = [one, other].map(({ controlPlane }) => `\`${controlPlane.name}\``)
  if (forth && back) return `control planes ${first} and ${second} have no root certificate in common`
  if (forth) return `proxies of control plane ${first} trust no root of the certificates that ${second} issues`
  return back ? `proxies of control plane ${second} trust no root of the certificates that ${first} issues` : undefined
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
          on: headerRef('ControlPlane', other.controlPlane.name, 'rootCertificates'),
          message: `${message}, in mesh \`${mesh.name}\`${mesh.commonRoot === undefined ? '' : ', of which `commonRoot` states otherwise'}`,
        }
      }
    }
  },
}
