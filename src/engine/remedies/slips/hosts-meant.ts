import { isMisspelled, nearestNames } from '../../istiod/matching/nearest-names.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'

/** Each costs a trace. */
export const mostMeant = 2

/** Hosts of services, of which a route writes one that is none: the nearest of the namespace, else those of this very name in other namespaces. */
export function hostsMeant(view: ControlPlaneView, host: string): readonly string[] {
  const [name = '', namespace = '', ...rest] = host.split('.')
  const all = [...new Set(view.services.map(({ hostname }) => hostname))].map((hostname) => {
    const [own = '', home = '', ...end] = hostname.split('.')
    return { hostname, own, home, end: end.join('.') }
  })
  const alike = all.filter(({ end }) => end === rest.join('.'))
  const typed = alike.filter(({ own, home }) => home === namespace && isMisspelled(name, own)).map(({ hostname }) => hostname)
  if (typed.length > 0) return nearestNames(host, typed).slice(0, 1)
  return alike
    .filter(({ own, home }) => own === name && home !== namespace)
    .map(({ hostname }) => hostname)
    .sort()
    .slice(0, mostMeant)
}

/** The only port of a service, where another one is meant that it has not. */
export function onlyPort(ports: readonly { readonly number: number }[], meant: number): number | undefined {
  const [only, ...others] = ports
  return others.length > 0 || only?.number === meant ? undefined : only?.number
}
