/**
 * What is wrong with the annotations that Istio is to read, as they were written?
 *
 * Looked at where people write them for workloads: on namespaces, Services, pods and what makes pods, with the templates of these. Names of other domains
 * are no business of Istio's, and some are set by Istio itself.
 */
import { isRaw, type Raw } from '../../resources/reading.js'
import { annotations, newestRelease } from '../../schemas/generated/annotations.js'
import { valueFault } from './value-fault.js'

export interface AnnotationFault {
  readonly kind: 'MISPLACED' | 'UNKNOWN' | 'INVALID' | 'DEPRECATED' | 'NEWER'
  readonly name: string
  readonly path: string
  /** MISPLACED: where it belongs; INVALID: what is wrong; NEWER: the minor release that knows it. */
  readonly detail: string
}

const makers = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job'])
const setByIstio = new Set(['sidecar.istio.io/status', 'gateway.istio.io/controller-version', 'istio.io/rev'])

const isIstios = (name: string): boolean => name.slice(0, name.indexOf('/')).endsWith('istio.io') || name === 'kubernetes.io/ingress.class'

interface Written {
  readonly name: string
  readonly value: unknown
  readonly path: string
  /** The object's, on which a label of the same name may stand. */
  readonly labels: Raw
  readonly kind: string
}

function* faultsOf({ name, value, path, labels, kind }: Written): Generator<AnnotationFault> {
  const known = Object.hasOwn(annotations, name) ? annotations[name] : undefined
  if (known === undefined) return yield { kind: 'UNKNOWN', name, path, detail: '' }
  const { since, resources, deprecated } = known
  if (since > 0) yield { kind: 'NEWER', name, path, detail: String(since) }
  // Who writes the label that replaces it as well keeps both for older releases.
  if (deprecated === true && !(name in labels)) yield { kind: 'DEPRECATED', name, path, detail: '' }
  if (!resources.includes('Any') && !resources.includes(kind)) return yield { kind: 'MISPLACED', name, path, detail: resources.join(', ') }
  const fault = typeof value === 'string' ? valueFault(name, value) : undefined
  if (fault !== undefined) yield { kind: 'INVALID', name, path, detail: `\`${String(value)}\` ${fault}` }
}

function* faultsIn(metadata: unknown, kind: string, at: string): Generator<AnnotationFault> {
  if (!isRaw(metadata) || !isRaw(metadata['annotations'])) return
  const labels = isRaw(metadata['labels']) ? metadata['labels'] : {}
  for (const [name, value] of Object.entries(metadata['annotations']))
    if (isIstios(name) && !setByIstio.has(name)) yield* faultsOf({ name, value, path: `${at}.annotations['${name}']`, labels, kind })
}

/** Every fault of an object's annotations, with those that only a control plane older than the annotation makes one. */
export function* annotationFaults(object: Raw): Generator<AnnotationFault> {
  const { kind, metadata, spec } = object
  if (kind === 'Namespace' || kind === 'Service' || kind === 'Pod') yield* faultsIn(metadata, kind, 'metadata')
  if (typeof kind !== 'string' || !makers.has(kind)) return
  yield* faultsIn(metadata, kind, 'metadata')
  const template = isRaw(spec) ? spec['template'] : undefined
  if (isRaw(template)) yield* faultsIn(template['metadata'], 'Pod', 'spec.template.metadata')
}

/** Does the table of annotations go up to the release? One that is newer may know more. */
export const isInTable = (minor: number): boolean => minor <= newestRelease
