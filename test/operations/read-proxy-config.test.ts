import { expect, it } from 'vitest'
import type { Analyst, VersionContent } from '#analyst/analyst'
import { readProxyConfig } from '#operations/questions/read-proxy-config'

const version = {} as VersionContent

/** Gives stretches of a mebibyte without end, and counts them. */
function endless(): Pick<Analyst, 'proxyConfig'> & { readonly given: number[] } {
  const given: number[] = []
  return {
    given,
    proxyConfig: async (_version, _question, position) => {
      given.push(position)
      return { value: { text: new Uint8Array(1024 * 1024), next: position + 1 } }
    },
  }
}

it('an answer that is too large to be read as a whole is refused as soon as that is known, with what to narrow', async () => {
  const analyst = endless()
  await expect(readProxyConfig({ analyst: analyst as unknown as Analyst }, version, {})).rejects.toMatchObject({
    code: 'ANSWER_TOO_LARGE',
    message: expect.stringContaining('`from`') as string,
  })
  expect(analyst.given).toEqual([0, 1, 2, 3, 4])
})
