import type { EndpointPath, Reachability, ViaGateway } from '../model/reachability.js'
import { type ReasonCode, reasons } from '../model/reasons.js'
import type { Verdict } from '../model/verdict.js'
import { distinct, generalAssumptions, generalConditions, generalSteps } from './general-steps.js'
import { foreignRef, outOfView, type Sight } from './sight.js'

const saying = {
  REACHABLE: 'the call arrives',
  UNREACHABLE: 'the call does not arrive',
  AMBIGUOUS: 'the call arrives only under conditions',
  UNDETERMINED: 'whether the call arrives is not known',
} as const satisfies Readonly<Record<Verdict, string>>

/** The answer to a call, with its verdict and without anything that is out of view; changes to what others have are not proposed. */
export function callInView(sight: Sight, answer: Reachability): Reachability {
  const { verdict, reason, validUntil } = answer
  const isOurs = ({ cluster, workload }: EndpointPath): boolean => sight.holds(cluster, workload?.split('/')[0])
  const ours = answer.endpoints.filter(isOurs).map((endpoint) => endpointInView(sight, endpoint))
  const foreign = answer.endpoints.filter((endpoint) => !isOurs(endpoint))
  return {
    verdict,
    reason,
    summary: `${saying[verdict]}: ${reasons[reason]} (${reason})`,
    steps: generalSteps(sight, answer.steps),
    endpoints: foreign.length === 0 ? ours : [...ours, oneOf(foreign, answer.reason)],
    conditions: generalConditions(sight, answer.conditions),
    assumptions: generalAssumptions(sight, answer.assumptions),
    validUntil,
    remedies: [],
    noRemedy: null,
    symptom: null,
  }
}

const endpointInView = (sight: Sight, endpoint: EndpointPath): EndpointPath => ({
  ...endpoint,
  via: endpoint.via === null ? null : gatewayInView(sight, endpoint.via),
  steps: generalSteps(sight, endpoint.steps),
})

function gatewayInView(sight: Sight, via: ViaGateway): ViaGateway {
  const because = sight.refs(via.because)
  if (because.length > 0 && !because.includes(foreignRef) && sight.holdsCluster(via.cluster)) return { ...via, because }
  return { address: outOfView, port: 0, network: null, cluster: null, because: [foreignRef] }
}

/** All endpoints that are out of view, as one that takes their share. */
function oneOf(endpoints: readonly EndpointPath[], decided: ReasonCode): EndpointPath {
  const [verdict = 'AMBIGUOUS', ...otherwise] = distinct(endpoints.map((one) => one.verdict))
  const [reason = decided, ...others] = distinct(endpoints.map((one) => one.reason))
  return {
    address: null,
    port: null,
    cluster: null,
    network: null,
    workload: outOfView,
    via: null,
    verdict: otherwise.length === 0 ? verdict : 'AMBIGUOUS',
    reason: others.length === 0 ? reason : decided,
    steps: [],
    priority: null,
    share: endpoints.reduce((sum, { share }) => sum + share, 0),
  }
}
