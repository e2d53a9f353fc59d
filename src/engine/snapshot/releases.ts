import type { ControlPlane, ControlPlaneView } from './snapshot.js'

/** Is the control plane's version at least `major.minor`? */
export const isAtLeast = ({ version }: Pick<ControlPlane, 'version'>, major: number, minor: number): boolean =>
  version.parsed[0] > major || (version.parsed[0] === major && version.parsed[1] >= minor)

/**
 * Does it know networks by label? Before 1.8 a network was named by meshNetworks or by the proxy's own metadata alone, so what
 * the document states of a cluster is only where packets go (DNS-30, DNS-31).
 */
export const labelsNetworks = (controlPlane: Pick<ControlPlane, 'version'>): boolean => isAtLeast(controlPlane, 1, 8)

/** Releases before 1.8 had a profile for gateways between control planes, with objects for hosts under `global` (DNS-30). */
export const shipsGlobalHosts = ({ view }: { readonly view: ControlPlaneView }): boolean => !view.atLeast(1, 8)
