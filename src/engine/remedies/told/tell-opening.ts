import type { AssumptionCode } from '../../model/assumptions.js'
import type { Snapshot } from '../../snapshot/snapshot.js'

interface Opened {
  readonly name: string
  readonly namespace: string
  readonly cluster: string
  /** Where its control plane reads its Istio objects. */
  readonly config: string
  /** The control plane that the gateway's proxies ask. */
  readonly plane: string
  readonly from: string
}

/** What whoever applies an east-west gateway has to know and to wait for. Rules NET-6, NET-14, MODEL-24, MODEL-26. */
export const tellOpening = (snapshot: Snapshot, { name, namespace, cluster, config, plane, from }: Opened): readonly string[] => [
  `its load balancer’s address has to be reachable from \`${from}\` at port 15443`,
  'a load balancer is public with most providers unless annotated',
  'it leads to every service of that network, for callers with certificates of the mesh',
  '`image: auto` stays as it is, as the injector fills it in',
  ...startsIf(snapshot, cluster, plane),
  ...(config === cluster
    ? []
    : [`the Gateway object goes into cluster \`${config}\`, where the control plane of \`${cluster}\` reads its Istio configuration`]),
  `when \`kubectl --context ${cluster} get service ${name} -n ${namespace}\` shows an address, add these objects to the document, the Service with that address, and ask again`,
]

/** As far as the answer takes it for granted. */
const startsIf = ({ assumptions }: Snapshot, cluster: string, plane: string): readonly string[] => {
  const isAssumed = (code: AssumptionCode): boolean =>
    assumptions.some((one) => one.code === code && one.because.some((ref) => ref.kind === 'Cluster' && ref.name === cluster))
  const wants = [
    ...(isAssumed('ISTIOD_REACH_ASSUMED') ? ['reach its istiod'] : []),
    ...(isAssumed('ROOT_CERTIFICATE_ASSUMED') ? ['are given its root certificate'] : []),
  ]
  return wants.length === 0
    ? []
    : [
        `the gateway, which is of control plane \`${plane}\`, starts only if pods of \`${cluster}\` ${wants.join(' and ')}, see what is assumed`,
      ]
}
