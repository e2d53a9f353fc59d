import { AppError } from '#engine/model/app-error'
import type { GroupedCalls, Isolation } from '#engine/model/groups/grouped-calls'
import { cursorOf, keyOf } from '#engine/model/stored/cursor'
import { askCallers } from '#operations/questions/ask-callers'
import { askEffectivePolicy } from '#operations/questions/ask-effective-policy'
import { askIsolation } from '#operations/questions/ask-isolation'
import { askReach } from '#operations/questions/ask-reach'
import { checkSubject } from '../check-source.js'
import { type Connection, connectionOf } from '../connection.js'
import type { TopologyVersionResolvers } from '../generated/resolver-types.js'
import { ask } from './version-source.js'

interface Page<T> {
  readonly rows: readonly T[]
  readonly page: GroupedCalls['page']
}

/** Cursors are positions: the one of each row follows from where the page began. */
function rowConnection<T>({ rows, page }: Page<T>, after: string | null | undefined): Connection<T> {
  const start = after ? Number(keyOf(after)) : 0
  return connectionOf({ items: rows, page, cursors: rows.map((_, index) => cursorOf(`${start + index + 1}`)) }, after)
}

/** The page of an answer about groups. */
export const callConnection = (answer: GroupedCalls | Isolation, after: string | null | undefined) => ({
  ...rowConnection(answer, after),
  isolation: 'verdict' in answer ? answer.verdict : null,
  totals: answer.totals,
  assumptions: answer.assumptions,
})

export const callers: NonNullable<TopologyVersionResolvers['callers']> = (version, question, { dependencies }) => {
  checkSubject('of', question.of)
  return ask(version, dependencies, async (content) => callConnection(await askCallers(dependencies, content, question), question.after))
}

export const reach: NonNullable<TopologyVersionResolvers['reach']> = (version, question, { dependencies }) => {
  checkSubject('of', question.of)
  return ask(version, dependencies, async (content) => callConnection(await askReach(dependencies, content, question), question.after))
}

export const isolation: NonNullable<TopologyVersionResolvers['isolation']> = (version, question, { dependencies }) => {
  const { between, after } = question
  if (between.length !== 2) throw new AppError('PARAMETER_INVALID', `\`between\` is about two subjects, and there are ${between.length}`)
  for (const [index, subject] of between.entries()) checkSubject(`between/${index}`, subject)
  return ask(version, dependencies, async (content) => callConnection(await askIsolation(dependencies, content, question), after))
}

export const effectivePolicy: NonNullable<TopologyVersionResolvers['effectivePolicy']> = (version, question, { dependencies }) => {
  checkSubject('of', question.of)
  return ask(version, dependencies, async (content) =>
    rowConnection(await askEffectivePolicy(dependencies, content, question), question.after),
  )
}
