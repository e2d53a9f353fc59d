/**
 * What a stage said, unless kinds that could not be read could turn it: then the call is left open, and they are named.
 *
 * Absent is unknown here, and not none: a cluster's `unread` says of what.
 */
import { distinctRefs } from '../call/distinct-refs.js'
import { changedStep } from '../call/untold-step.js'
import { endedWith, type Outcome, stepOf } from '../call/outcome.js'
import type { Missing } from './asked.js'

const shown = 3

const nameKind = ({ kind, cluster, ...where }: Missing): string => `${kind} objects of ${namespacesOf(where)}cluster \`${cluster}\``

const nameOne = (missing: Missing): string => `${nameKind(missing)} (${missing.reason})`

const namespacesOf = ({ namespace, except }: Pick<Missing, 'namespace' | 'except'>): string => {
  if (namespace !== undefined) return `namespace \`${namespace}\` in `
  return except.length === 0 ? '' : `namespaces other than ${except.map((name) => `\`${name}\``).join(', ')} in `
}

/** The kinds, their places, and why they could not be read. */
export const nameMissing = (missing: readonly Missing[]): string => {
  const rest = missing.length > shown ? [`${missing.length - shown} more`] : []
  return [...missing.slice(0, shown).map(nameOne), ...rest].join(' and ')
}

/** The outcome, left open by what is `missing`. */
export const leaveOpen = <T>(outcome: Outcome<T>, missing: readonly Missing[]): Outcome<T> => {
  if (missing.length === 0) return outcome
  const { step, assumptions, lookedAt } = outcome
  const [only] = missing.length === 1 ? missing : []
  const unread =
    only === undefined
      ? `${nameMissing(missing)} could not be read`
      : `${nameKind(only)} could not be read${only.reason === 'forbidden' ? ' by whoever collected them' : ''} (${only.reason})`
  const message = `${unread} and could decide; by what is given, ${String(step.message)}`
  const because = distinctRefs([...missing.map(({ ref }) => ref), ...step.because])
  const open = stepOf(step.stage, 'UNDETERMINED', { reason: 'INPUT_MISSING', message, because })
  return endedWith(changedStep(open, { hop: step.hop }), 'UNDETERMINED', assumptions, lookedAt)
}
