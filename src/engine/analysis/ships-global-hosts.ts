import type { ControlPlaneView } from '../snapshot/snapshot.js'

/** Releases before 1.8 had a profile for gateways between control planes, with objects for hosts under `global` (DNS-30). */
export const shipsGlobalHosts = ({ view }: { readonly view: ControlPlaneView }): boolean => !view.atLeast(1, 8)
