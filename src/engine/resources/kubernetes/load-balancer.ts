import type { Labels, Meta } from '../meta.js'
import { type Raw, type Reading, readText, readTexts } from '../reading.js'

/** What a Service says of its load balancer: the address, and whom it lets in. */
export interface LoadBalancer {
  /** The address that it asks for; what it got stands in the status. */
  readonly loadBalancerIp?: string
  /** The path of the field by which a Service asks for one of a private network. */
  readonly internalBy?: string
  /** Ranges of the clients that it lets in; absent: all. */
  readonly sourceRanges?: readonly string[]
}

/** Annotations by which clouds are told to give a load balancer an address of their private network only, with the values that say so. */
const asking: readonly (readonly [key: string, says: RegExp])[] = [
  ['service.beta.kubernetes.io/aws-load-balancer-scheme', /^internal$/i],
  ['service.beta.kubernetes.io/aws-load-balancer-internal', /^(?!false$).+/i],
  ['networking.gke.io/load-balancer-type', /^internal$/i],
  ['cloud.google.com/load-balancer-type', /^internal$/i],
  ['service.beta.kubernetes.io/azure-load-balancer-internal', /^true$/i],
  ['service.beta.kubernetes.io/openstack-internal-load-balancer', /^true$/i],
  ['service.beta.kubernetes.io/oci-load-balancer-internal', /^true$/i],
  ['oci.oraclecloud.com/load-balancer-type', /^internal$/i],
  ['service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type', /^intranet$/i],
  ['service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type', /^private$/i],
  ['service.beta.kubernetes.io/do-loadbalancer-network', /^internal$/i],
]

const awsType = 'service.beta.kubernetes.io/aws-load-balancer-type'
const awsScheme = 'service.beta.kubernetes.io/aws-load-balancer-scheme'

export function readLoadBalancer(reading: Reading, spec: Raw, { annotations }: Meta, hasOne: boolean): LoadBalancer {
  const address = readText(reading, spec, 'loadBalancerIP', 'spec')
  const asked = address === '' ? {} : { loadBalancerIp: address }
  if (!hasOne) return asked
  const internal = internalBy(annotations, readText(reading, spec, 'loadBalancerClass', 'spec'))
  const ranges = sourceRangesOf(readTexts(reading, spec, 'loadBalancerSourceRanges', 'spec'), annotations)
  return { ...asked, ...(internal === undefined ? {} : { internalBy: internal }), ...(ranges.length === 0 ? {} : { sourceRanges: ranges }) }
}

/**
 * What of a Service asks for an internal load balancer: the path of the field; undefined: nothing does.
 *
 * Load balancers that the AWS Load Balancer Controller makes are internal unless they state another scheme.
 */
function internalBy(annotations: Labels, loadBalancerClass: string): string | undefined {
  const found = asking.find(([key, says]) => says.test(annotations[key] ?? ''))
  if (found !== undefined) return `metadata.annotations['${found[0]}']`
  if (annotations[awsScheme] !== undefined) return undefined
  if (loadBalancerClass === 'service.k8s.aws/nlb') return 'spec.loadBalancerClass'
  return /^(?:external|nlb-ip)$/.test(annotations[awsType] ?? '') ? `metadata.annotations['${awsType}']` : undefined
}

const rangesKey = 'service.beta.kubernetes.io/load-balancer-source-ranges'

/** Ranges of the clients that a load balancer lets in; none: all. */
function sourceRangesOf(stated: readonly string[], annotations: Labels): readonly string[] {
  const ranges = (stated.length > 0 ? stated : (annotations[rangesKey] ?? '').split(','))
    .map((range) => range.trim())
    .filter((range) => range !== '')
  return ranges.some((range) => range.endsWith('/0')) ? [] : ranges
}
