import type { EffectivePolicy, PolicyRow } from '#engine/model/groups/effective-policy'
import type { Paint, Shade } from '#formats/text/paint'
import { describeResource } from '#formats/text/resource'
import { section } from '#formats/text/section'
import { table } from '#formats/text/table'

const shades: Readonly<Record<PolicyRow['state'], Shade>> = {
  IN_FORCE: 'good',
  OVERRIDDEN: 'faint',
  NOT_ENFORCED: 'faint',
  NOT_FOLLOWED: 'unsure',
}

/** Workload by workload and port by port, what is in force and what is not. */
export function printEffectivePolicy(paint: Paint, { rows, page }: EffectivePolicy): string[] {
  const parts = new Map<string, PolicyRow[]>()
  for (const row of rows) parts.set(placeOf(row), [...(parts.get(placeOf(row)) ?? []), row])
  const told = [...parts].flatMap(([place, own]) =>
    section(
      paint,
      place,
      table(
        paint,
        own.map((row) => lineOf(paint, row)),
      ),
    ),
  )
  return [
    ...(told.length === 0 ? ['nothing is in force'] : told.slice(1)),
    ...(page.nextCursor === null ? [] : ['', `more with --after ${page.nextCursor}`]),
  ]
}

const placeOf = ({ workload, port, host }: PolicyRow): string =>
  `${workload}${port === null ? '' : ` port ${port}`}${host === null ? '' : `, called as ${host}`}`

const lineOf = (paint: Paint, { concern, state, message, resource, by }: PolicyRow) => ({
  cells: [{ text: state, shade: shades[state] }, concern, message],
  below: [
    ...(resource === null ? [] : [describeResource(resource)]),
    ...(by === null ? [] : [`overridden by ${describeResource(by)}`]),
  ].map((line) => paint('faint', line)),
})
