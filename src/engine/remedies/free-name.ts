import { trimCharacters } from '../manifests/parsing/trim-characters.js'
import { servesNetworkingBeta, servesV1 } from '../snapshot/releases.js'
import type { Meta } from '../resources/meta.js'
import type { ControlPlaneView } from '../snapshot/snapshot.js'

/** The version of Istio's API that the control plane certainly serves: `v1` came with 1.22. */
export const apiVersion = (view: ControlPlaneView, group: 'networking' | 'security'): string => {
  if (servesV1(view.controlPlane)) return `${group}.istio.io/v1`
  return group === 'security' || servesNetworkingBeta(view.controlPlane) ? `${group}.istio.io/v1beta1` : `${group}.istio.io/v1alpha3`
}

const longest = 60

/** A name that no object of the list has, and that Kubernetes takes. */
export const freeName = (wanted: string, taken: readonly { readonly meta: Pick<Meta, 'name'> }[]): string => {
  const written = wanted
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .slice(0, longest)
  const base = trimCharacters(written, '-')
  const names = new Set(taken.map(({ meta }) => meta.name))
  for (let number = 2, name = base; ; number += 1) {
    if (!names.has(name)) return name
    name = `${base}-${number}`
  }
}
