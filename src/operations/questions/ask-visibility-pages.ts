import { admit } from '#access/admit'
import type { VersionContent } from '#analyst/analyst'
import { cursorOf } from '#engine/model/cursor'
import type { VisibilityQuestion } from '#engine/model/question'
import type { ServiceVisibility } from '#engine/model/visibility'
import { askHidden } from './ask-hidden.js'
import { askVisibility } from './ask-visibility.js'
import type { Asking } from '../dependencies.js'
import { readPage } from '../page.js'

/** Where both lists go on; '' is their beginning. */
interface Positions {
  readonly services: string
  readonly hidden: string
}

/** What does this workload see, and what not? Both lists page by page together, each with up to `first` items, until both are at their end. */
export async function askVisibilityPages(
  dependencies: Asking,
  version: VersionContent,
  question: VisibilityQuestion,
): Promise<ServiceVisibility> {
  admit(dependencies.caller, 'askVisibilityPages')
  const before = readPositions(question)
  const seen = await askVisibility(dependencies, version, { ...question, after: cursorAt(before.services) })
  const unseen = await askHidden(dependencies, version, { ...question, after: cursorAt(before.hidden) })
  const hasMore = seen.page.hasMore || unseen.page.hasMore
  const after = { services: lastKey(seen.services) ?? before.services, hidden: lastKey(unseen.hidden) ?? before.hidden }
  const nextCursor = hasMore ? cursorOf(`${after.services}\n${after.hidden}`) : null
  return { services: seen.services, hidden: unseen.hidden, assumptions: seen.assumptions, page: { hasMore, nextCursor } }
}

/** A cursor of the services alone, as GraphQL gives them out, begins with the hidden ones anew. */
function readPositions(question: VisibilityQuestion): Positions {
  const [services = '', hidden = ''] = (readPage(question).after ?? '').split('\n')
  return { services, hidden }
}

const cursorAt = (key: string): string | null => (key === '' ? null : cursorOf(key))

const lastKey = (items: readonly { readonly host: string; readonly namespace: string }[]): string | undefined => {
  const last = items.at(-1)
  return last === undefined ? undefined : `${last.host} ${last.namespace}`
}
