import { isOn } from '../../snapshot/flags.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'

/**
 * Do other clusters hold the host too, where ambient mode across clusters is on?
 *
 * Which of their addresses and endpoints a ztunnel is then told of, and through which gateways it reaches them, is not followed: such a call is left
 * open. Rules AMB-60, AMB-61, AMB-63.
 */
export const isToldAcrossClusters = ({ controlPlane, configCluster, servicesByHost }: ControlPlaneView, host: string): boolean =>
  isOn(controlPlane, 'AMBIENT_ENABLE_MULTI_NETWORK') &&
  servicesByHost(host).some(({ definitions }) => definitions.some(({ cluster }) => cluster !== configCluster?.name))

export const acrossClusters = (host: string): string =>
  `other clusters hold \`${host}\` too, and what ztunnel is told of them where ambient mode crosses networks (\`AMBIENT_ENABLE_MULTI_NETWORK\`) is not followed`
