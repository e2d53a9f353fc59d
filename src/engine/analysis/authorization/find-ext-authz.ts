/**
 * Can the control plane build what a CUSTOM policy's provider needs?
 *
 * The provider must be one for external authorization, with a port and settings that are allowed, and its service must be in the registry, under one namespace only where it is
 * written without. Where it cannot, the proxy denies what the policy matches. Rule AUTHZ-30.
 */
import type { ExtensionProvider } from '../../snapshot/control-planes/mesh-config.js'
import { checksProviderNames } from '../../snapshot/releases.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'

export interface ExtAuthz {
  readonly provider: ExtensionProvider | undefined
  /** Why it cannot be used; undefined: it can. */
  readonly fault: string | undefined
}

/** Names that a control plane of 1.30 and later takes. */
const wellNamed = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u

export function findExtAuthz(view: ControlPlaneView, name: string): ExtAuthz {
  const provider = view.controlPlane.meshConfig.extensionProviders.find((one) => one.name === name)
  if (provider === undefined) return { provider, fault: `provider \`${name}\` is not in MeshConfig` }
  if (provider.kind === 'OTHER') return { provider, fault: `provider \`${name}\` is not one for external authorization` }
  if (!(provider.port >= 1 && provider.port <= 65_535)) return { provider, fault: `provider \`${name}\` has no usable port` }
  if (provider.fault !== undefined) return { provider, fault: `provider \`${name}\` has ${provider.fault}, which is not allowed` }
  if (checksProviderNames(view.controlPlane) && !wellNamed.test(name))
    return { provider, fault: `provider \`${name}\` has a name that is no DNS label` }
  return { provider, fault: faultOfService(view, provider) }
}

function faultOfService(view: ControlPlaneView, { name, service }: ExtensionProvider): string | undefined {
  const [first = '', second, ...others] = service.split('/')
  const host = (second ?? first).toLowerCase()
  const records = others.length > 0 ? [] : view.servicesByHost(host).filter(({ namespace }) => second === undefined || namespace === first)
  if (records.length === 0) return `the registry has no service \`${service}\` for provider \`${name}\``
  return records.length > 1 ? `several namespaces have the service \`${service}\` of provider \`${name}\`` : undefined
}
