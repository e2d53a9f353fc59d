import { afterEach, expect, it, vi } from 'vitest'
import { operator } from '#access/operator'
import type { Analyst, Asks } from '#analyst/analyst'
import { createInProcessAnalyst } from '#analyst/in-process'
import type { Reachability } from '#engine/model/reachability'
import { readWritten, sizeOf } from '#engine/model/written'
import { askCall } from '#operations/questions/ask-call'
import { askCalls, type WrittenCall } from '#operations/questions/ask-calls'
import { callTo, shopUpload, storedVersion } from '../analyst/shop.js'

const mebibyte = 1024 * 1024
const here = createInProcessAnalyst()
const version = await storedVersion(shopUpload(['web', 'cart'], []))

/** Counts the questions that are worked out. */
const asked = vi.fn()
const analyst: Analyst = {
  ...here,
  ask: async (kind, given, ...about) => {
    const answer = await here.ask(kind, given, ...about)
    const questions = (given as Partial<Asks['calls']['asked']>).questions ?? []
    // On a slow machine fewer are answered in one turn.
    asked(questions.slice(0, 'value' in answer ? (answer.value as readonly unknown[]).length : questions.length).map(({ to }) => to.host))
    return answer
  },
}
afterEach(() => asked.mockClear())

const needs = (answerLimit: number) => ({ analyst, now: () => 0, caller: operator, answerLimit })
const verdictOf = (answer: WrittenCall): string =>
  'value' in answer ? (readWritten(answer.value) as Reachability).verdict : answer.problem.code
const questionsAsked = (): readonly string[] => asked.mock.calls.flatMap(([hosts]) => hosts as readonly string[])

it('equal calls are answered once, in all the places where they stand', async () => {
  const hosts = ['cart', 'nothing', 'cart', 'cart', 'nothing']
  const calls = hosts.map(callTo)
  const answers = await askCalls(needs(mebibyte), version, { calls })
  expect(answers.map(verdictOf)).toEqual(['REACHABLE', 'UNREACHABLE', 'REACHABLE', 'REACHABLE', 'UNREACHABLE'])
  expect(questionsAsked()).toEqual(['cart', 'nothing'])
})

it('calls that differ in their moment alone are not equal', async () => {
  const calls = [{ ...callTo('cart'), at: '2026-01-01T00:00:00Z' }, callTo('cart')]
  await askCalls(needs(mebibyte), version, { calls, at: '2027-01-01T00:00:00Z' })
  expect(questionsAsked()).toEqual(['cart', 'cart'])
})

it('repeated answers count as often as they would be given: to the byte, all are given or none', async () => {
  const one = sizeOf(await askCall(needs(mebibyte), version, callTo('cart')))
  const calls = Array.from({ length: 50 }, () => callTo('cart'))
  asked.mockClear()
  await expect(askCalls(needs(50 * one), version, { calls })).resolves.toHaveLength(50)
  await expect(askCalls(needs(50 * one - 1), version, { calls })).rejects.toMatchObject({
    code: 'ANSWER_TOO_LARGE',
    message: expect.stringMatching(/^the answer takes more than \d+ bytes: ask about fewer calls at once/) as string,
  })
  expect(questionsAsked()).toEqual(['cart', 'cart'])
})

it('the limit ends the work: calls behind it are not answered', async () => {
  const one = sizeOf(await askCall(needs(mebibyte), version, callTo('none-100')))
  asked.mockClear()
  const calls = Array.from({ length: 400 }, (_, index) => callTo(`none-${100 + index}`))
  await expect(askCalls(needs(30 * one), version, { calls })).rejects.toMatchObject({ code: 'ANSWER_TOO_LARGE' })
  expect(new Set(questionsAsked()).size).toBeLessThanOrEqual(60)
})

it('one call whose answer is too large is told what to narrow', async () => {
  await expect(askCall(needs(100), version, callTo('cart'))).rejects.toMatchObject({
    code: 'ANSWER_TOO_LARGE',
    message: 'the answer takes more than 100 bytes: name one workload as the source and one port',
  })
})

it('nothing more is worked out for whoever has gone', async () => {
  const gone = new AbortController()
  const calls = Array.from({ length: 100 }, (_, index) => callTo(`none-${index}`))
  asked.mockImplementation(() => gone.abort())
  await expect(askCalls(needs(mebibyte), version, { calls, gone: gone.signal })).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(asked).toHaveBeenCalledTimes(1)
})
