import type { Figure } from './figure.js'
import type { Plan } from './generate/plan.js'
import { questionsOf } from './generate/questions.js'
import type { LoadGenerator } from './load-generator.js'
import { median } from './median.js'

const connections = 32
const perRound = 1_000
const floorRequests = 3_000
/** Rounds before the first that counts: code is compiled and indexes are built by being used. */
const warmUp = 8

const query = `query Reach($topology: String!, $ref: String!, $from: SourceInput!, $to: DestinationInput!) {
  topology(name: $topology) { version(ref: $ref) { reachability(from: $from, to: $to) {
    verdict reason summary steps { stage outcome reason }
  } } }
}`

const listed = (ratios: readonly number[]): string => ratios.map((ratio) => ratio.toFixed(2)).join(' ')

/** The body of one question over GraphQL. */
export const questionBody = (topology: string, question: object): string =>
  JSON.stringify({ query, variables: { topology, ref: '1', ...question } })

/** (c) Throughput of questions that were never asked before, against that of `{ __typename }`, round by round. */
export async function measureQuestions(
  port: number,
  topology: string,
  plan: Plan,
  load: LoadGenerator,
  rounds: number,
): Promise<readonly Figure[]> {
  const floor = Array.from({ length: floorRequests }, () => JSON.stringify({ query: '{ __typename }' }))
  const ratios: number[] = []
  const warming: number[] = []
  const rates: { readonly floor: number; readonly asked: number }[] = []
  for (let round = 0; round < warmUp + rounds; round++) {
    const bodies = questionsOf(plan, round * perRound, perRound).map((question) => questionBody(topology, question))
    const idle = await load.run({ port, path: '/graphql', connections, bodies: floor })
    const asked = await load.run({ port, path: '/graphql', connections, bodies })
    if (asked.failed > 0 || idle.failed > 0) throw new Error(`${asked.failed} of ${perRound} questions failed: ${asked.first}`)
    const rate = { floor: floorRequests / idle.seconds, asked: perRound / asked.seconds }
    if (round < warmUp) warming.push(rate.asked / rate.floor)
    else {
      rates.push(rate)
      ratios.push(rate.asked / rate.floor)
    }
  }
  const rate = (kind: 'floor' | 'asked'): string => median(rates.map((each) => each[kind])).toFixed(0)
  return [
    {
      name: '(c) distinct questions over GraphQL / { __typename }',
      measured: median(ratios),
      target: 0.3,
      holds: 'AT_LEAST',
      detail: `${rate('asked')} over ${rate('floor')} a second, rounds ${listed(ratios)} after ${listed(warming)}`,
    },
  ]
}
