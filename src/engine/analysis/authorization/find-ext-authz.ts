/**
 * Can the control plane build what a CUSTOM policy's provider needs?
 *
 * The provider must be one for external authorization, with a port and settings that are allowed, and its service must be in the registry, under one namespace only where it is
 * written without. Where it cannot, the proxy denies what the policy matches. Where the proxy is told to ask and gets to nobody, what it would have asked
 * about is denied, or with `failOpen` let in: a port that the service does not declare, a service that a Sidecar or `exportTo` keeps from it, or
 * one without endpoints. Rule AUTHZ-30.
 */
import type { ExtensionProvider } from '../../snapshot/control-planes/mesh-config.js'
import { endpointsByNumber } from '../../istiod/endpoints/endpoints-of.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import { remembered } from '../../remembered.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { scopeOf } from '../../istiod/scope/scope-of.js'
import { checksProviderNames } from '../../snapshot/releases.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'

export interface ExtAuthz {
  readonly provider: ExtensionProvider | undefined
  /** Why it cannot be used; undefined: it can. */
  readonly fault: string | undefined
  /** Why the proxy that asks it gets to nobody; undefined: it may get to somebody. */
  readonly unreached: string | undefined
  /** That is all that keeps the proxy from it: nobody stands behind its service. */
  readonly empty: boolean
  /** What either rests on. */
  readonly because: readonly ResourceRef[]
}

/** Names that a control plane of 1.30 and later takes. */
const wellNamed = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u

/** `at`: the workload whose proxy asks. */
export const findExtAuthz = (view: ControlPlaneView, name: string, at?: Workload): ExtAuthz =>
  findFor(view, name, at?.dataPlane === 'SIDECAR' || at?.dataPlane === 'GATEWAY' ? scopeOf({ view, workload: at }) : undefined)

/** Every policy asks it for every proxy, of which most know the same. */
const findFor = remembered((view: ControlPlaneView, name: string, scope: ProxyScope | undefined): ExtAuthz => {
  const provider = view.controlPlane.meshConfig.extensionProviders.find((one) => one.name === name)
  const fault = faultOf(view, name, provider)
  const because = provider === undefined ? view.controlPlane.meshConfig.because : recordsOf(view, provider.service).map(({ ref }) => ref)
  if (provider === undefined || fault !== undefined) return { provider, fault, unreached: undefined, empty: false, because }
  const unsent = whyUnsent(view, provider, scope)
  const nobody = unsent === undefined ? whyNobody(view, provider) : undefined
  return { provider, fault, unreached: unsent ?? nobody, empty: nobody !== undefined, because }
})

/** Why the proxy denies what it has to ask about; undefined: it may get to somebody, or lets in what it cannot ask about. */
export const deniesUnasked = ({ provider, unreached }: ExtAuthz): string | undefined =>
  provider?.failOpen === true ? undefined : unreached

function faultOf(view: ControlPlaneView, name: string, provider: ExtensionProvider | undefined): string | undefined {
  if (provider === undefined) return `provider \`${name}\` is not in MeshConfig`
  if (provider.kind === 'OTHER') return `provider \`${name}\` is not one for external authorization`
  if (!(provider.port >= 1 && provider.port <= 65_535)) return `provider \`${name}\` has no usable port`
  if (provider.fault !== undefined) return `provider \`${name}\` has ${provider.fault}, which is not allowed`
  if (checksProviderNames(view.controlPlane) && !wellNamed.test(name)) return `provider \`${name}\` has a name that is no DNS label`
  return faultOfService(view, provider)
}

function faultOfService(view: ControlPlaneView, { name, service }: ExtensionProvider): string | undefined {
  const records = recordsOf(view, service)
  if (records.length === 0) return `the registry has no service \`${service}\` for provider \`${name}\``
  return records.length > 1 ? `several namespaces have the service \`${service}\` of provider \`${name}\`` : undefined
}

function recordsOf(view: ControlPlaneView, service: string): readonly MeshService[] {
  const [first = '', second, ...others] = service.split('/')
  const host = (second ?? first).toLowerCase()
  return others.length > 0 ? [] : view.servicesByHost(host).filter(({ namespace }) => second === undefined || namespace === first)
}

/** Why the proxy knows no way to it. */
function whyUnsent(view: ControlPlaneView, { name, service, port }: ExtensionProvider, scope: ProxyScope | undefined): string | undefined {
  const [record] = recordsOf(view, service)
  if (record === undefined) return undefined
  if (!record.ports.some(({ number }) => number === port)) return `\`${service}\` of provider \`${name}\` has no port ${port}`
  if (scope !== undefined && !scope.services.has(record.hostname))
    return `its proxy does not know \`${service}\` of provider \`${name}\`: ${scope.whyHidden(record).message}`
  return undefined
}

function whyNobody(view: ControlPlaneView, { name, service, port }: ExtensionProvider): string | undefined {
  const [record] = recordsOf(view, service)
  if (record?.resolution !== 'EDS' || endpointsByNumber(view, record, port).some(({ health }) => health === 'HEALTHY')) return undefined
  return `\`${service}\` of provider \`${name}\` has no endpoints at port ${port}`
}
