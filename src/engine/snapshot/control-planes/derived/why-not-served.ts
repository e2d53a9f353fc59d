import type { ResourceRef } from '../../../model/resource-ref.js'
import type { Ingress } from '../../../resources/kubernetes/ingress.js'
import type { Cluster, ControlPlane } from '../../snapshot.js'

const classKey = 'kubernetes.io/ingress.class'
const controller = 'istio.io/ingress-controller'

export interface NotServed {
  /** As a sentence goes on behind the name of the Ingress. */
  readonly message: string
  readonly because: readonly ResourceRef[]
}

/**
 * Why istiod makes nothing of an Ingress; undefined: it does. In the mode OFF it looks at none. Else the annotation decides where there is one, then the
 * controller of the IngressClass; an Ingress without either is taken in the mode DEFAULT only, and the mode is STRICT unless stated (GW-9, MODEL-16).
 */
export function whyNotServed(cluster: Cluster, { name, meshConfig }: ControlPlane, { meta, className }: Ingress): NotServed | undefined {
  const { mode, className: taken } = meshConfig.ingress
  const plane = `control plane \`${name}\``
  const byMode = { message: `${plane} makes nothing of, as its \`ingressControllerMode\` is \`${mode}\``, because: meshConfig.because }
  if (mode === 'OFF') return byMode
  const annotated = meta.annotations[classKey]
  if (annotated !== undefined) {
    const message = `${plane} makes nothing of, as its class is \`${annotated}\` and not \`${taken}\``
    return annotated === taken ? undefined : { message, because: [cluster.ref(meta, 'metadata.annotations'), ...meshConfig.because] }
  }
  const found = className === undefined ? undefined : cluster.resources.ingressClasses.get(className)
  if (found !== undefined) {
    const message = `${plane} makes nothing of, as its IngressClass \`${className}\` is for \`${found.controller}\` and not \`${controller}\``
    return found.controller === controller ? undefined : { message, because: [cluster.ref(found.meta, 'spec.controller')] }
  }
  if (mode === 'DEFAULT') return undefined
  const lacks = className === undefined ? 'it names no class' : `its IngressClass \`${className}\` does not exist`
  return { ...byMode, message: `${plane} makes nothing of, as ${lacks} and its \`ingressControllerMode\` is \`${mode}\`` }
}
