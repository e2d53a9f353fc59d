import type { EndpointPath, Reachability } from '#engine/model/reachability'
import type { Step } from '#engine/model/step'
import type { Cell, Item, Part } from '#formats/parts/part'
import { items, name, section, sentence, table } from '#formats/parts/tell'
import { shadeOf } from '#formats/text/paint'
import { clustersOf } from './clusters-of.js'
import { inOneCluster } from './in-one-cluster.js'
import { tellNotes } from './notes.js'
import { foldSteps, isPassed, nearMissesOf, tellStep, tellSteps, unsaid } from './steps.js'

/** Rows that a person still reads; the other formats have all. */
const most = 40

/** The verdict and its sentence, what decided, then the other steps, the endpoints, and what the answer rests on. */
export function tellReachability(whole: Reachability, isFull: boolean): readonly Part[] {
  const answer = inOneCluster(whole)
  const { verdict, summary, steps, endpoints, symptom } = answer
  const deciding = decidingOf(answer)
  const said = [summary, ...deciding.map(({ message }) => message)].join('\n')
  return [
    sentence(summary, { word: { text: verdict, shade: shadeOf(verdict) } }),
    ...section('what the caller sees', symptom === null ? [] : items([{ cells: [symptom] }])),
    ...section(
      verdict === 'UNDETERMINED' ? 'left open by' : 'decided by',
      items(deciding.map((step) => tellStep(step, steps, summary, isFull))),
    ),
    ...(isFull
      ? section('steps', tellSteps(steps, deciding))
      : [
          ...section('near misses', items(steps.filter(isPassed).flatMap((step) => nearItem(step, summary)))),
          ...section(
            'steps',
            foldSteps(steps, [said, ...steps.filter((step) => step.nearMisses.length > 0).map(({ message }) => message)].join('\n')),
            { hint: '--verbose tells each of them' },
          ),
        ]),
    ...section('endpoints', tellEndpoints(endpoints, said, isFull)),
    ...tellNotes({ ...answer, said: summary, clusters: clustersOf(whole) }, isFull),
  ]
}

/** What stands in the summary before the reason: a call that goes past the mesh passes there, and fails later. */
const clauseOf = ({ message }: Step): string => `: ${message.split(/[;,]/, 1)[0]}`

/** What did not pass, the step that gave the answer its reason first. */
const decidingOf = ({ steps, reason, summary }: Reachability): readonly Step[] => {
  const open = steps.filter((step) => !isPassed(step))
  const told = steps.filter((step) => isPassed(step) && open.length > 0 && summary.includes(clauseOf(step)))
  return [...told, ...open.filter((step) => step.reason === reason), ...open.filter((step) => step.reason !== reason)]
}

/** What nearly had a say in a step that is folded, and what had it instead. */
const nearItem = (step: Step, said: string): readonly Item[] => {
  const near = nearMissesOf(step, '')
  return near.length === 0 ? [] : [{ cells: [name(step.stage), name(step.reason)], below: [...unsaid(step.message, said), ...near] }]
}

const heads = ['endpoint', 'cluster', 'way', 'share', 'verdict', 'reason'] as const

function tellEndpoints(endpoints: readonly EndpointPath[], said: string, isFull: boolean): readonly Part[] {
  const shown = isFull ? endpoints : endpoints.slice(0, most)
  const more = endpoints.length - shown.length
  return [
    ...table(
      heads,
      shown.map((path) => ({ cells: cellsOf(path), below: whyNot(path, said) })),
    ),
    ...(more > 0 ? items([{ cells: [`and ${more} more`] }]) : []),
  ]
}

const cellsOf = (path: EndpointPath): readonly Cell[] => [
  name(addressOf(path.address ?? 'without address', path.port)),
  placeOf(path),
  path.via === null ? 'direct' : `via ${addressOf(path.via.address, path.via.port)}`,
  shareOf(path),
  { text: path.verdict, shade: shadeOf(path.verdict) },
  name(path.reason),
]

const addressOf = (address: string, port: number | null): string =>
  port === null ? address : address.includes(':') && !address.includes('/') ? `[${address}]:${port}` : `${address}:${port}`

const placeOf = ({ cluster, network }: EndpointPath): string =>
  [cluster ?? 'outside', ...(network === null ? [] : [`on ${network}`])].join(' ')

function shareOf({ share, priority }: EndpointPath): string {
  if (priority === null) return 'not given'
  return share > 0 ? `${Number((share * 100).toFixed(1))}%` : `priority ${priority}`
}

/** What kept the call from this endpoint, where it was not told of all of them. */
const whyNot = ({ verdict, steps }: EndpointPath, said: string): readonly string[] =>
  verdict === 'REACHABLE' ? [] : steps.filter((step) => !isPassed(step)).flatMap(({ message }) => unsaid(message, said))
