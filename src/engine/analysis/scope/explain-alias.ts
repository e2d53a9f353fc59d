import type { ResourceRef } from '../../model/resource-ref.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'

interface Explained {
  readonly message: string
  readonly because: readonly ResourceRef[]
}

/**
 * Why does an ExternalName lead to nothing that the proxy has?
 *
 * It is there where the service is that it ends at, and is listed under the namespace of that one: its own exportTo and namespace do not count
 * (EDS-13, VIS-23).
 */
export function explainAlias(scope: ProxyScope, alias: MeshService): Explained {
  const way = wayOf(scope, alias)
  const end = way.at(-1) ?? alias
  const because = way.map(({ ref }) => ref)
  const stands = `\`${alias.hostname}\` stands for \`${end.resolution === 'ALIAS' ? end.externalName : end.hostname}\``
  if (end.resolution === 'ALIAS') {
    return { message: `${stands}, which is no service that control plane \`${scope.view.controlPlane.name}\` knows`, because }
  }
  if (scope.sidecar === undefined || scope.services.get(end.hostname)?.imported !== 'EXPLICIT') {
    const hidden = scope.whyHidden(end)
    return { message: `${stands}, and ${hidden.message}`, because: [...because, ...hidden.because] }
  }
  const { namespace, name } = scope.sidecar.meta
  const message = `${stands} of namespace \`${end.namespace}\`, and the Sidecar \`${namespace}/${name}\` does not list \`${alias.hostname}\` under that namespace`
  return { message, because: [...because, scope.view.ref(scope.sidecar.meta, 'spec.egress')] }
}

/** The alias and what it stands for in turn, up to a service, a name that is none, or one that was there before. */
function wayOf({ view }: ProxyScope, alias: MeshService): readonly MeshService[] {
  const way = new Set([alias])
  let last = alias
  while (last.externalName !== undefined) {
    const next: MeshService | undefined = view.servicesByHost(last.externalName)[0]
    if (next === undefined || way.has(next)) break
    way.add(next)
    last = next
  }
  return [...way]
}
