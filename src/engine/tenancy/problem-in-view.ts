import { errors, type Problem } from '../model/app-error.js'
import type { SourceInput } from '../model/question.js'
import type { Sight } from './sight.js'

/** Why something cannot be asked, in the words that are the same whatever the cause; suggestions are names of the source's own namespace. */
export function problemInView({ snapshot, holds }: Sight, { code, details }: Problem, from?: SourceInput): Problem {
  const { cluster = '', namespace = '' } = from ?? {}
  const ours = holds(cluster, namespace) ? (snapshot.clusters.get(cluster ?? '')?.workloads(namespace ?? '') ?? []) : []
  const suggestions = (details.suggestions ?? []).filter((name) => ours.some(({ owner }) => owner.name === name))
  return { code, message: errors[code].title, details: suggestions.length === 0 ? {} : { suggestions } }
}
