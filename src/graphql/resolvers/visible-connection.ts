import { cursorOf } from '#engine/model/stored/cursor'
import type { VisibilityQuestion } from '#engine/model/question'
import type { HiddenService, ServiceVisibility, VisibleService } from '#engine/model/visibility'
import { askHiddenOfEach } from '#operations/relations/ask-hidden-of-each'
import { type Connection, connectionOf } from '../connection.js'
import type { VisibleServiceConnectionResolvers } from '../generated/resolver-types.js'
import type { VisibleServiceConnectionMapper } from '../mappers.js'
import { together } from '../together.js'

type Listable = Pick<VisibleService | HiddenService, 'host' | 'namespace'>

/** Services are listed by host, then namespace: that is what their cursors stand for. */
const serviceConnection = <T extends Listable>(
  items: readonly T[],
  page: ServiceVisibility['page'],
  after: VisibilityQuestion['after'],
): Connection<T> => connectionOf({ items, page, cursors: items.map(({ host, namespace }) => cursorOf(`${host} ${namespace}`)) }, after)

/** What a source sees, with what its `hidden` field needs to ask on. */
export const visibleConnection = (
  { services, assumptions, page }: ServiceVisibility,
  content: VisibleServiceConnectionMapper['content'],
  { from, host, after }: VisibilityQuestion,
): VisibleServiceConnectionMapper => ({ ...serviceConnection(services, page, after), assumptions, content, from, host })

const hiddenFromEach = together(askHiddenOfEach)

export const visibleServiceConnection: VisibleServiceConnectionResolvers = {
  hidden: async ({ content, from, host }, page, context) => {
    const answer = await hiddenFromEach(context, content, { from, ...(host ? { host } : {}), ...page })
    return serviceConnection(answer.hidden, answer.page, page.after)
  },
}
