import { findNumber, findText, type Raw, type Reading, readList, readText } from '../reading.js'

/** Something that a route of the Gateway API is attached to. */
export interface RouteParent {
  /** `group/kind`; Kubernetes' core group is ''. */
  readonly kind: string
  readonly namespace: string
  readonly name: string
  /** Of one listener alone; '' is all of them. */
  readonly section: string
  /** Of one port alone; 0 is all of them. */
  readonly port: number
  /** Its place in `spec.parentRefs`. */
  readonly position: number
}

export const gatewayKind = 'gateway.networking.k8s.io/Gateway'
export const listenerSetKind = 'gateway.networking.k8s.io/ListenerSet'
export const serviceKind = '/Service'
export const serviceEntryKind = 'networking.istio.io/ServiceEntry'

/** The parents that `spec` names; a kind that is not stated is a Gateway. Rule GWAPI-30. */
export function readRouteParents(reading: Reading, spec: Raw, home: string): readonly RouteParent[] {
  let position = 0
  return readList(reading, spec, 'parentRefs', 'spec', (inner, item, at) => ({
    kind: `${findText(inner, item, 'group', at) ?? 'gateway.networking.k8s.io'}/${findText(inner, item, 'kind', at) ?? 'Gateway'}`,
    namespace: findText(inner, item, 'namespace', at) ?? home,
    name: readText(inner, item, 'name', at),
    section: findText(inner, item, 'sectionName', at) ?? '',
    port: findNumber(inner, item, 'port', at) ?? 0,
    position: position++,
  }))
}

/** Does it stand for calls inside of the mesh? */
export const isOfMesh = ({ kind }: RouteParent): boolean => kind === serviceKind || kind === serviceEntryKind
