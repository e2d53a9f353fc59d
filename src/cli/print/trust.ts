import type { IdentityTrust, TrustDirection } from '#engine/model/identity-trust'
import { section } from '#formats/text/section'
import { printNotes } from './notes.js'
import { type Paint, shadeOf } from '#formats/text/paint'
import { describeResources } from '#formats/text/resource'
import { table } from '#formats/text/table'

/** The verdict and its sentence, then what each side makes of the other. */
export function printTrust(paint: Paint, answer: IdentityTrust): string[] {
  const { verdict, summary, clientAcceptsServer, serverAcceptsClient } = answer
  return [
    `${paint(shadeOf(verdict), verdict)}  ${summary}`,
    ...section(paint, `the client makes of the server: ${clientAcceptsServer.verdict}`, printDirection(paint, clientAcceptsServer)),
    ...section(paint, `the server makes of the client: ${serverAcceptsClient.verdict}`, printDirection(paint, serverAcceptsClient)),
    ...printNotes(paint, answer),
  ]
}

const printDirection = (paint: Paint, { chain, trustDomain, name }: TrustDirection): string[] =>
  table(
    paint,
    [
      { what: 'chain', step: chain },
      { what: 'trust domain', step: trustDomain },
      { what: 'name', step: name },
    ].map(({ what, step }) => ({
      cells: [what, { text: step.outcome, shade: shadeOf(step.outcome) }, step.reason],
      below: [step.message, ...describeResources(step.because).map((line) => paint('faint', line))],
    })),
  )
