import type { ApiAnswer, AskApiServer } from './ask-api-server.js'

export type ApiObject = Readonly<Record<string, unknown>>

/** All objects of a list, or why it is not given. */
export type Listed = { readonly items: readonly ApiObject[] } | { readonly unread: string }

/** How a list is read; each object is reduced as soon as its page is there. */
export interface Paging {
  readonly pageSize: number
  wait(milliseconds: number): Promise<void>
  reduce(object: ApiObject): ApiObject
}

const mostTries = 4
const isBusy = (status: number): boolean => status === 429 || status >= 500

/**
 * The objects at a path, page by page. A list that grew too old on the way (410) begins anew, and the second time is asked for as a whole; who is
 * busy is asked again. A kind that is gone (404) has no objects.
 */
export async function listObjects(ask: AskApiServer, path: string, paging: Paging): Promise<Listed> {
  for (let round = 0; ; round += 1) {
    const listed = await listOnce(ask, path, paging, round === 0 ? paging.pageSize : 0)
    if (listed !== 'EXPIRED') return listed
    if (round >= mostTries) return { unread: '410 expired again and again' }
  }
}

async function listOnce(ask: AskApiServer, path: string, paging: Paging, limit: number): Promise<Listed | 'EXPIRED'> {
  const items: ApiObject[] = []
  let next = ''
  do {
    const answer = await askPatiently(ask, pagePath(path, limit, next), paging)
    if (answer.status === 410) return 'EXPIRED'
    if (answer.status === 404) return { items: [] }
    if (answer.status !== 200) return { unread: reasonOf(answer) }
    for (const item of itemsOf(answer.body)) items.push(paging.reduce(item))
    next = continueOf(answer.body)
  } while (next !== '')
  return { items }
}

function pagePath(path: string, limit: number, next: string): string {
  const query = new URLSearchParams({
    ...(limit > 0 ? { limit: String(limit) } : {}),
    ...(next === '' ? {} : { continue: next }),
  }).toString()
  return query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`
}

async function askPatiently(ask: AskApiServer, path: string, { wait }: Paging): Promise<ApiAnswer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask(path)
    if (!isBusy(answer.status) || tries >= mostTries) return answer
    await wait(Math.min(answer.retryAfter ?? tries, 30) * 1000)
  }
}

/** Objects of a list carry no kind of their own: the list says it for all. */
function itemsOf({ items, kind, apiVersion }: ApiObject): readonly ApiObject[] {
  const own = { apiVersion, kind: typeof kind === 'string' ? kind.replace(/List$/, '') : kind }
  return Array.isArray(items) ? items.map((item: ApiObject) => ({ ...own, ...item })) : []
}

const continueOf = ({ metadata }: ApiObject): string => {
  const token = (metadata as { readonly continue?: unknown } | undefined)?.continue
  return typeof token === 'string' ? token : ''
}

/** In the API server's own words, as far as they are short. */
export const reasonOf = ({ status, body }: ApiAnswer): string => {
  if (status === 403) return 'forbidden'
  const message = typeof body['message'] === 'string' ? body['message'] : ''
  return `${status}${message === '' ? '' : ` ${message.slice(0, 200)}`}`
}
