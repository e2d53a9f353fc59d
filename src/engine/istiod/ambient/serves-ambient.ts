import { readTruth } from '../../snapshot/flags.js'
import { remembered } from '../../remembered.js'
import type { Assumption } from '../../model/step.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import { modeKey } from '../../snapshot/workloads/enrolled.js'

/** Does anything in the cluster ask for ambient mode? */
const asksForAmbient = remembered(({ resources }: Cluster): boolean => {
  const asks = ({ labels }: { readonly labels: Readonly<Record<string, string>> }): boolean => labels[modeKey] === 'ambient'
  return (
    [...resources.namespaces.values()].some(({ meta }) => asks(meta)) ||
    [...resources.pods.values()].some((pods) => pods.some(({ meta }) => asks(meta))) ||
    [...resources.podControllers.values()].some((controllers) => controllers.some(({ template }) => asks(template)))
  )
})

/**
 * Does the control plane serve ztunnels, waypoints and tunnels at all (AMB-3)?
 *
 * Its flag says so. Where nobody states it, namespaces and pods that are labelled for ambient mode are taken at their word.
 */
export const servesAmbient = remembered((view: ControlPlaneView): 'STATED' | 'ASSUMED' | undefined => {
  const stated = readTruth(view.controlPlane.flags['PILOT_ENABLE_AMBIENT'] ?? '')
  if (stated !== undefined) return stated ? 'STATED' : undefined
  return view.clusters.some(asksForAmbient) ? 'ASSUMED' : undefined
})

/** What is taken for granted where the flag is not stated. */
export const ambientAssumptions = remembered((view: ControlPlaneView): readonly Assumption[] => {
  if (servesAmbient(view) !== 'ASSUMED') return []
  const { name, ref } = view.controlPlane
  const message = `control plane \`${name}\` is taken to run with ambient mode (\`PILOT_ENABLE_AMBIENT\`), which namespaces or pods ask for`
  return [{ code: 'AMBIENT_ASSUMED', message, because: [ref] }]
})
