import type { ServiceVisibility, VisiblePort, VisibleRoute, VisibleService } from '#engine/model/visibility'
import type { Cell, Part } from '#formats/parts/part'
import { items, name, section, sentence } from '#formats/parts/tell'
import { describeResources, placeOf } from '#formats/text/resource'
import { endpointsOf } from './endpoints-of.js'
import { tellNotes } from './notes.js'
import { tellPage } from './page.js'

/** How many services are seen and how many hidden, then each with its ports, and why the hidden ones are. */
export function tellVisibility({ services, hidden, assumptions, page }: ServiceVisibility, isFull: boolean): readonly Part[] {
  const more = page.hasMore ? ' on this page' : ''
  const seen = `${services.length} ${services.length === 1 ? 'service is' : 'services are'} seen${more}, ${hidden.length} hidden`
  return [
    sentence(seen, { word: services.length > 0 ? { text: 'VISIBLE', shade: 'good' } : { text: 'NOT VISIBLE', shade: 'bad' } }),
    ...section(
      'seen',
      items(
        services.map((service) => ({
          cells: [name(service.host), service.ports.map(portOf).join(' '), service.resolvesTo.join(' '), whereWritten(service)],
          below: service.routes.flatMap(routeOf),
        })),
      ),
    ),
    ...services.flatMap(endpointsOf),
    ...section(
      'hidden',
      items(
        hidden.map(({ host, reason, message, because }) => ({
          cells: [name(host), name(reason)],
          below: [message, ...describeResources(because, isFull)],
        })),
      ),
    ),
    ...tellNotes({ assumptions }, isFull),
    ...tellPage(page),
  ]
}

const portOf = ({ number, name, protocol }: VisiblePort): string => `${number}/${protocol}${name === '' ? '' : `(${name})`}`

const routeOf = ({ route, message }: VisibleRoute): readonly Cell[] => [
  name(`${route.kind} ${route.namespace}/${route.name}`, 'faint'),
  message,
]

const whereWritten = ({ because }: VisibleService): string =>
  because
    .slice(0, 1)
    .map(({ kind, source }) => `${kind} ${placeOf(source)}`.trim())
    .join('')
