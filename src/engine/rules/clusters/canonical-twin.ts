/**
 * What an object says, written so that two that say the same are equal: by whole host names, by identities of whatever trust domain the control plane
 * calls its own, and in one order where order means nothing.
 */
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import type { Meta } from '../../resources/meta.js'
import { isRaw } from '../../resources/reading.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'

/** Lists of routes, of which the first that matches counts. */
const ordered = new Set(['http', 'tls', 'tcp'])
const left = new Set(['meta', 'spelledHost'])
/** What names a place is meant to be another one in each. */
const isByPlace = (key: string): boolean => key.startsWith('topology.')
/** What is turned step by step, or by place: how much goes where. */
const shares = new Set(['weight', 'loadBalancer', 'outlierDetection'])

interface Context {
  readonly text: (key: string, value: string) => string
  readonly dropped: (key: string) => boolean
}

function canonical(context: Context, key: string, value: unknown): unknown {
  if (typeof value === 'string') return context.text(key, value)
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value.map((item) => canonical(context, key, item))
    return ordered.has(key) ? items : items.map((item) => JSON.stringify(item)).sort()
  }
  if (!isRaw(value)) return value
  const kept = Object.keys(value).filter((name) => !context.dropped(name))
  return Object.fromEntries(kept.sort().map((name) => [name, canonical(context, name, value[name])]))
}

const isHost = (key: string): boolean => key === 'host' || key === 'hosts'

/** Hosts of routes and rules are names of services; those of policies are headers. */
function textsOf({ controlPlane }: ControlPlaneView, { kind, namespace }: Meta, suffix: string): Context['text'] {
  const { trustDomain, trustDomainAliases } = controlPlane.meshConfig
  const own = [trustDomain, 'cluster.local', ...trustDomainAliases]
  if (kind === 'VirtualService' || kind === 'DestinationRule')
    return (key, value) => {
      if (!isHost(key)) return value
      const host = qualify(value, namespace, suffix)
      return host.endsWith(`.svc.${suffix}`) ? host.slice(0, -suffix.length) : host
    }
  return (_key, value) => {
    const domain = own.find((one) => value.startsWith(`${one}/ns/`))
    return domain === undefined ? value : value.slice(domain.length)
  }
}

/** The object's fields, each as a text. `withoutShares`: but for weights and the balancing of load. */
export function canonicalTwin(
  view: ControlPlaneView,
  object: { readonly meta: Meta },
  withoutShares = false,
): Readonly<Record<string, unknown>> {
  const text = textsOf(view, object.meta, domainSuffix(view))
  const context = { text, dropped: (key: string) => left.has(key) || isByPlace(key) || (withoutShares && shares.has(key)) }
  return canonical(context, '', object) as Readonly<Record<string, unknown>>
}
