import type { EndpointPath, Reachability } from '#engine/model/reachability'
import { section } from '#formats/text/section'
import { printNotes } from './notes.js'
import { type Paint, shadeOf } from '#formats/text/paint'
import { printSteps } from './steps.js'
import { table } from '#formats/text/table'

/** Rows that a person still reads; the other formats have all. */
const most = 40

/** The verdict and its sentence first, then every step, the endpoints, and what the answer rests on. */
export function printReachability(paint: Paint, answer: Reachability): string[] {
  const { verdict, summary, steps, endpoints } = answer
  return [
    `${paint(shadeOf(verdict), verdict)}  ${summary}`,
    ...section(paint, 'steps', printSteps(paint, steps)),
    ...section(paint, 'endpoints', printEndpoints(paint, endpoints)),
    ...printNotes(paint, answer),
  ]
}

function printEndpoints(paint: Paint, endpoints: readonly EndpointPath[]): string[] {
  const rows = table(
    paint,
    endpoints.slice(0, most).map((path) => ({
      cells: [
        addressOf(path.address ?? 'without address', path.port),
        placeOf(path),
        path.via === null ? 'direct' : `via ${addressOf(path.via.address, path.via.port)}`,
        shareOf(path),
        { text: path.verdict, shade: shadeOf(path.verdict) },
        path.reason,
      ],
      below: whyNot(path),
    })),
  )
  return endpoints.length > most ? [...rows, `  and ${endpoints.length - most} more`] : rows
}

const addressOf = (address: string, port: number | null): string =>
  port === null ? address : address.includes(':') && !address.includes('/') ? `[${address}]:${port}` : `${address}:${port}`

const placeOf = ({ cluster, network }: EndpointPath): string =>
  [cluster ?? 'outside', ...(network === null ? [] : [`on ${network}`])].join(' ')

function shareOf({ share, priority }: EndpointPath): string {
  if (priority === null) return 'not given'
  return share > 0 ? `${Number((share * 100).toFixed(1))}%` : `priority ${priority}`
}

/** What kept the call from this endpoint. */
const whyNot = ({ verdict, steps }: EndpointPath): string[] =>
  verdict === 'REACHABLE'
    ? []
    : steps
        .filter(({ outcome }) => outcome === 'STOPPED' || outcome === 'UNDETERMINED' || outcome === 'CONDITIONAL')
        .map(({ stage, message }) => `${stage}: ${message}`)
