import { expect, it } from 'vitest'
import { operator } from '#access/operator'
import type { Analyst, AnswerTo, Asks, VersionContent } from '#analyst/analyst'
import { readProxyConfig } from '#operations/questions/read-proxy-config'

const version = {} as VersionContent

/** Gives stretches of a mebibyte without end, and counts them. */
function endless(): { readonly given: number[] } & Pick<Analyst, 'ask'> {
  const given: number[] = []
  const ask = async (_kind: 'proxyConfig', { position }: Asks['proxyConfig']['asked']): Promise<AnswerTo<'proxyConfig'>> => {
    given.push(position)
    return { value: { text: new Uint8Array(1024 * 1024), next: position + 1 } }
  }
  return { given, ask: ask as Analyst['ask'] }
}

it('an answer that is too large to be read as a whole is refused as soon as that is known, with what to narrow', async () => {
  const analyst = endless()
  await expect(readProxyConfig({ analyst: analyst as unknown as Analyst, caller: operator }, version, {})).rejects.toMatchObject({
    code: 'ANSWER_TOO_LARGE',
    message: expect.stringContaining('`from`') as string,
  })
  expect(analyst.given).toEqual([0, 1, 2, 3, 4])
})
