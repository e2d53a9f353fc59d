import type { EffectivePolicy, PolicyRow } from '#engine/model/groups/effective-policy'
import type { Item, Part } from '#formats/parts/part'
import { items, name, section, sentence } from '#formats/parts/tell'
import type { Shade } from '#formats/text/paint'
import { describeResource } from '#formats/text/resource'
import { tellPage } from './page.js'

const shades: Readonly<Record<PolicyRow['state'], Shade>> = {
  IN_FORCE: 'good',
  OVERRIDDEN: 'faint',
  NOT_ENFORCED: 'faint',
  NOT_FOLLOWED: 'unsure',
}

/** Workload by workload and port by port, what is in force and what is not. */
export function tellEffectivePolicy({ rows, page }: EffectivePolicy): readonly Part[] {
  const places = new Map<string, PolicyRow[]>()
  for (const row of rows) places.set(placeOf(row), [...(places.get(placeOf(row)) ?? []), row])
  return [
    ...(places.size === 0 ? [sentence('nothing is in force')] : []),
    ...[...places].flatMap(([place, own]) => section(place, items(own.map(tellRow)))),
    ...tellPage(page),
  ]
}

const placeOf = ({ workload, port, host }: PolicyRow): string =>
  `${workload}${port === null ? '' : ` port ${port}`}${host === null ? '' : `, called as ${host}`}`

const tellRow = ({ concern, state, message, resource, by }: PolicyRow): Item => ({
  cells: [{ text: state, shade: shades[state] }, name(concern), message],
  below: [
    ...(resource === null ? [] : [name(describeResource(resource), 'faint')]),
    ...(by === null ? [] : [{ text: `overridden by ${describeResource(by)}`, shade: 'faint' as const }]),
  ],
})
