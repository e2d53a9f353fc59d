import { SourceInput } from '#engine/model/question'
import type { Flag, Given } from './command.js'
import { failure } from './failure.js'
import { readNamedValue } from './read-named-value.js'
import { readJson, readShape } from './read-shape.js'

/** `who`: what the source is in the command's question. */
export const sourceFlagsFor = (who: string): Readonly<Record<string, Flag>> => ({
  from: {
    takes: 'SOURCE',
    says: `${who}: \`cluster/namespace/workload\`, \`cluster/namespace\` (every workload there; the only cluster may be left out), \`gateway:cluster/namespace/name\`, \`outside\` of every cluster, or JSON`,
  },
  'service-account': { takes: 'NAME', says: 'only workloads of this service account' },
  label: { takes: 'NAME=VALUE', repeats: true, says: 'only workloads with this label' },
})

export const sourceFlags = sourceFlagsFor('who calls')

/** Who calls, from `--from` and what narrows it down; `from` is `--from` with its cluster, where that was left out. */
export function readSource(given: Given, from = given.value('from')): SourceInput {
  if (from === undefined) throw failure('input', '`--from` is missing: who calls, such as `west/shop/client`')
  const account = given.value('service-account')
  const labels = given.values('label').map((text) => readNamedValue('--label', text))
  return readShape('--from', SourceInput, {
    ...placeOf(from),
    ...(account === undefined ? {} : { serviceAccount: account }),
    ...(labels.length === 0 ? {} : { labels }),
  })
}

function placeOf(from: string): object {
  if (from.startsWith('{')) return readJson('--from', from) as object
  if (from === 'outside') return { outside: true }
  if (from.startsWith('gateway:')) return { gateway: from.slice('gateway:'.length) }
  const [cluster, namespace, ...workload] = from.split('/')
  if ([cluster, namespace, ...workload].some((part) => !part) || workload.length > 2) {
    throw failure('input', `\`--from ${from}\`: it is written \`cluster/namespace/workload\``)
  }
  return { cluster, namespace, ...(workload.length === 0 ? {} : { workload: workload.join('/') }) }
}
