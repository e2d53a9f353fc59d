import { describe, expect, it } from 'vitest'
import type { ApiAnswer, AskApiServer } from '#collector/ask-api-server'
import { type ApiObject, listObjects } from '#collector/list-objects'
import { status } from './stand-in.js'

const page = (names: readonly string[], next = ''): ApiAnswer => ({
  status: 200,
  body: { kind: 'PodList', apiVersion: 'v1', metadata: { continue: next }, items: names.map((name) => ({ metadata: { name } })) },
  retryAfter: undefined,
})
const refused = (code: number, message = '', retryAfter?: number): ApiAnswer => ({ status: code, body: status(code, message), retryAfter })

/** Lists with these answers, one after the other; tells what was asked, how long it waited, and what came of it. */
const list = async (...answers: readonly ApiAnswer[]) => {
  const asked: string[] = []
  const waited: number[] = []
  const ask: AskApiServer = (path) => {
    asked.push(path)
    return Promise.resolve(answers[Math.min(asked.length, answers.length) - 1] as ApiAnswer)
  }
  const listed = await listObjects(ask, '/api/v1/pods', {
    pageSize: 2,
    wait: (milliseconds) => Promise.resolve(void waited.push(milliseconds)),
    reduce: (object) => object,
  })
  return { asked, waited, listed, names: 'items' in listed ? listed.items.map(nameOf) : listed.unread }
}
const nameOf = ({ metadata }: ApiObject): string => (metadata as { readonly name: string }).name

describe('a list of an API server', () => {
  it('is read page by page, and every object gets the kind that the list says', async () => {
    const { asked, names, listed } = await list(page(['a', 'b'], 'x='), page(['c']))
    expect(asked).toEqual(['/api/v1/pods?limit=2', '/api/v1/pods?limit=2&continue=x%3D'])
    expect(names).toEqual(['a', 'b', 'c'])
    expect('items' in listed && listed.items[0]).toMatchObject({ apiVersion: 'v1', kind: 'Pod' })
  })

  it('begins anew when it grows too old on the way, as a whole and with no object twice', async () => {
    const { asked, names } = await list(page(['a', 'b'], 'x'), refused(410, 'Expired'), page(['a', 'b', 'c']))
    expect(asked).toEqual(['/api/v1/pods?limit=2', '/api/v1/pods?limit=2&continue=x', '/api/v1/pods'])
    expect(names).toEqual(['a', 'b', 'c'])
  })

  it('does not begin anew for ever', async () => {
    expect((await list(refused(410, 'Expired'))).names).toBe('410 expired again and again')
  })

  it('is asked for again from a server that is busy, after as long as it says', async () => {
    const { waited, names } = await list(refused(429, 'slow down', 7), refused(503), page(['a']))
    expect(waited).toEqual([7000, 2000])
    expect(names).toEqual(['a'])
  })

  it.each<[string, ApiAnswer, unknown]>([
    ['is unread where it is forbidden', refused(403, 'pods is forbidden: User "x" cannot list'), 'forbidden'],
    ['is empty where the kind has gone', refused(404), []],
    ['is unread where the server keeps failing, in its words', refused(500, 'etcd is gone'), '500 etcd is gone'],
  ])('%s', async (_, answer, expected) => {
    expect((await list(answer)).names).toEqual(expected)
  })
})
