import { expect, it } from 'vitest'
import { operator } from '#access/operator'
import type { Analyst, AnswerTo, Asks, VersionContent } from '#analyst/analyst'
import type { Room } from '#engine/model/answer-too-large'
import { readProxyConfig } from '#operations/questions/read-proxy-config'
import { shareRoom } from '#operations/share-room'

const version = {} as VersionContent
const mebibyte = 1024 * 1024

/** Gives stretches of a mebibyte without end, and answers of 1,000 bytes; counts what was asked with the room that was left. */
function generous(): { readonly stretches: number[]; readonly rooms: number[]; readonly analyst: Analyst } {
  const stretches: number[] = []
  const rooms: number[] = []
  const ask = async (_kind: 'proxyConfig', { position }: Asks['proxyConfig']['asked']): Promise<AnswerTo<'proxyConfig'>> => {
    stretches.push(position)
    return { value: { text: new Uint8Array(mebibyte), next: position + 1 } }
  }
  const write = async (_kind: string, _asked: object, { left }: Room) => {
    rooms.push(left)
    return { value: JSON.stringify('x'.repeat(998)) }
  }
  return { stretches, rooms, analyst: { ask, write } as unknown as Analyst }
}

it('an answer that is too large to be read as a whole is refused as soon as that is known, with what to narrow', async () => {
  const { analyst, stretches } = generous()
  await expect(
    readProxyConfig({ analyst: shareRoom(analyst, 4 * mebibyte, 'ask elsewhere'), caller: operator }, version, {}),
  ).rejects.toMatchObject({
    code: 'ANSWER_TOO_LARGE',
    message: 'the answer takes more than 4 MiB: give `from`, which names one proxy; ask elsewhere',
  })
  expect(stretches).toEqual([0, 1, 2, 3, 4])
})

it('all answers to a request share its room, and the one that does not fit is not read', async () => {
  const { analyst, rooms } = generous()
  const shared = shareRoom(analyst, 2_500, 'ask elsewhere')
  await expect(shared.ask('deployment', {}, version)).resolves.toEqual({ value: 'x'.repeat(998) })
  await expect(shared.ask('inventory', {}, version)).resolves.toHaveProperty('value')
  await expect(shared.ask('services', { page: { first: 1, after: undefined } }, version)).resolves.toMatchObject({
    problem: { code: 'ANSWER_TOO_LARGE', message: expect.stringContaining('2500 bytes: ask for a shorter page with `first`') as string },
  })
  expect(rooms).toEqual([2_500, 1_500, 500])
})

it('fields that are asked for at once share it as well', async () => {
  const shared = shareRoom(generous().analyst, 2_500, 'ask elsewhere')
  const answers = await Promise.all([1, 2, 3].map(() => shared.ask('deployment', {}, version)))
  expect(answers.map((answer) => 'problem' in answer)).toEqual([false, false, true])
})
