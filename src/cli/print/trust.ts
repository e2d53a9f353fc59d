import type { IdentityTrust, TrustDirection } from '#engine/model/identity-trust'
import type { Step } from '#engine/model/step'
import type { Item, Part } from '#formats/parts/part'
import { items, name, section, sentence } from '#formats/parts/tell'
import { shadeOf } from '#formats/text/paint'
import { describeResources } from '#formats/text/resource'
import { clustersIn } from './clusters-in.js'
import { tellNotes } from './notes.js'
import { isPassed, unsaid } from './steps.js'

/** The verdict and its sentence, then what each side makes of the other. */
export function tellTrust(answer: IdentityTrust, isFull: boolean): readonly Part[] {
  const { verdict, summary, clientAcceptsServer, serverAcceptsClient } = answer
  const steps = [clientAcceptsServer, serverAcceptsClient].flatMap(({ chain, trustDomain, name: named }) => [chain, trustDomain, named])
  const direction = (side: TrustDirection): readonly Part[] => tellDirection(side, summary, isFull)
  return [
    sentence(summary, { word: { text: verdict, shade: shadeOf(verdict) } }),
    ...section(`the client makes of the server: ${clientAcceptsServer.verdict}`, direction(clientAcceptsServer)),
    ...section(`the server makes of the client: ${serverAcceptsClient.verdict}`, direction(serverAcceptsClient)),
    ...tellNotes({ ...answer, wanted: 'to make them accept each other', clusters: new Set(steps.flatMap(clustersIn)) }, isFull),
  ]
}

interface Check {
  readonly what: string
  readonly step: Step
}

/** What fails first; what passes is folded. */
function tellDirection({ chain, trustDomain, name: expected }: TrustDirection, summary: string, isFull: boolean): readonly Part[] {
  const checks: readonly Check[] = [
    { what: 'chain', step: chain },
    { what: 'trust domain', step: trustDomain },
    { what: 'name', step: expected },
  ]
  if (isFull) return items(checks.map((check) => tellCheck(check, '', true)))
  const failing = checks.filter(({ step }) => !isPassed(step))
  const folded = (['PASSED', 'NOT_APPLICABLE'] as const).flatMap((outcome): readonly Item[] => {
    const own = checks.filter(({ step }) => step.outcome === outcome)
    return own.length === 0 ? [] : [{ cells: [own.map(({ what }) => what).join(', '), { text: outcome, shade: shadeOf(outcome) }] }]
  })
  return items([...failing.map((check) => tellCheck(check, summary, false)), ...folded])
}

const tellCheck = ({ what, step }: Check, summary: string, isFull: boolean): Item => ({
  cells: [what, { text: step.outcome, shade: shadeOf(step.outcome) }, name(step.reason)],
  below: [...unsaid(step.message, summary), ...describeResources(step.because, isFull)],
})
