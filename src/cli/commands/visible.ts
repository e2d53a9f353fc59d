import type { VisibilityQuestion } from '#engine/model/question'
import { boundPage } from '#operations/page'
import { allVisible } from '../all-visible.js'
import type { Command, Given } from '../command.js'
import { exitCodes, failure } from '../failure.js'
import { answerFlags, printAnswer } from '../print-answer.js'
import { tellVisibility } from '../print/visibility.js'
import { locateSource } from '../locate-source.js'
import { sourceFlags } from '../read-source.js'
import { questions } from '../questions.js'
import { statedServer } from '../server/server-flags.js'
import { openSubject, pathNote, subjectFlags } from '../open-subject.js'

export const visible: Command = {
  name: 'visible',
  says: 'which services does this workload see, which not, and why?',
  operands: ['PATH...'],
  examples: [
    'sightline visible examples/single-cluster --from west/shop/client',
    'sightline visible examples/multiple-networks --from west/shop/client --host reviews.shop --endpoints',
    'sightline visible shop@42 --server http://127.0.0.1:8080 --from west/shop/client --format json',
  ],
  flags: {
    ...sourceFlags,
    host: { takes: 'HOST', says: 'only this service: `reviews`, `reviews.shop` or a full name' },
    endpoints: { says: 'with the endpoints that the proxy is given, and those that it is not' },
    first: { takes: 'N', says: 'one page of at most N services (1 to 100) instead of all' },
    after: { takes: 'CURSOR', says: 'the page after this cursor' },
    ...subjectFlags,
    ...answerFlags,
  },
  notes: [pathNote, 'Exits with 0 when a service is seen, with `--host` that one, else with 1.'],
  run: async (given, surroundings) => {
    const host = given.value('host')
    const page = readPage(given)
    const subject = openSubject(given, surroundings, statedServer(given, surroundings))
    const from = await locateSource(given, subject)
    const question = { from, endpoints: given.has('endpoints'), ...(host === undefined ? {} : { host }) }
    const answer = await (page === undefined ? allVisible(subject, question) : subject.ask(questions.visibility, { ...question, ...page }))
    await printAnswer(given, surroundings, answer, tellVisibility)
    return answer.services.length > 0 ? exitCodes.fine : exitCodes.verdict
  },
}

function readPage(given: Given): Pick<VisibilityQuestion, 'first' | 'after'> | undefined {
  const [first, after] = [given.value('first'), given.value('after')]
  if (first === undefined && after === undefined) return undefined
  if (first !== undefined && !/^\d{1,6}$/.test(first)) throw failure('input', `\`--first ${first}\` is not a number`)
  const page = boundPage({ first: first === undefined ? undefined : Number(first), after })
  return { first: page.first, after: page.after ?? null }
}
