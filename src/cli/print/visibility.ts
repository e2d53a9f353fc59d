import type { ServiceVisibility, VisiblePort, VisibleRoute, VisibleService } from '#engine/model/visibility'
import { section } from '#formats/text/section'
import { printNotes } from './notes.js'
import { endpointsOf } from './endpoints-of.js'
import type { Paint } from '#formats/text/paint'
import { describeResources, placeOf } from '#formats/text/resource'
import { table } from '#formats/text/table'

/** How many services are seen and how many hidden, then each with its ports, and why the hidden ones are. */
export function printVisibility(paint: Paint, { services, hidden, assumptions, page }: ServiceVisibility): string[] {
  const more = page.hasMore ? ' on this page' : ''
  const verdict = services.length > 0 ? paint('good', 'VISIBLE') : paint('bad', 'NOT VISIBLE')
  return [
    `${verdict}  ${services.length} ${services.length === 1 ? 'service is' : 'services are'} seen${more}, ${hidden.length} hidden`,
    ...section(
      paint,
      'seen',
      table(
        paint,
        services.map((service) => ({
          cells: [service.host, service.ports.map(portOf).join(' '), service.resolvesTo.join(' '), whereWritten(service)],
          below: [...service.ports.flatMap(endpointsOf), ...service.routes.map(routeOf)],
        })),
      ),
    ),
    ...section(
      paint,
      'hidden',
      table(
        paint,
        hidden.map(({ host, reason, message, because }) => ({
          cells: [host, reason],
          below: [message, ...describeResources(because).map((line) => paint('faint', line))],
        })),
      ),
    ),
    ...printNotes(paint, { assumptions, validUntil: null, remedies: [] }),
    ...(page.nextCursor === null ? [] : ['', `more with --after ${page.nextCursor}`]),
  ]
}

const portOf = ({ number, name, protocol }: VisiblePort): string => `${number}/${protocol}${name === '' ? '' : `(${name})`}`

const routeOf = ({ route: { kind, namespace, name }, message }: VisibleRoute): string => `${kind} ${namespace}/${name}: ${message}`

const whereWritten = ({ because }: VisibleService): string =>
  because
    .slice(0, 1)
    .map(({ kind, source }) => `${kind} ${placeOf(source)}`.trim())
    .join('')
