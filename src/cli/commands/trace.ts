import type { Command } from '../command.js'
import { exitCodes } from '../failure.js'
import { momentFlag } from '../flags/moment-flag.js'
import { answerFlags, printAnswer } from '../print-answer.js'
import { tellReachability } from '../print/reachability.js'
import { destinationFlags, readDestination } from '../read-destination.js'
import { locateSource } from '../locate-source.js'
import { sourceFlags } from '../read-source.js'
import { questions } from '../questions.js'
import { statedServer } from '../server/server-flags.js'
import { openSubject, pathNote, subjectFlags } from '../open-subject.js'

export const trace: Command = {
  name: 'trace',
  says: 'does this call arrive, and why?',
  operands: ['PATH...'],
  examples: [
    'sightline trace examples/multiple-networks --from west/shop/client --to ratings.shop:9080',
    'sightline trace . --from west/shop/client --to reviews:9080 --method GET --path /api --header x-user=ann',
    'sightline trace shop@production --server http://127.0.0.1:8080 --from west/shop/client --to reviews.shop:9080 --format json',
  ],
  flags: {
    ...sourceFlags,
    ...destinationFlags,
    at: momentFlag,
    'also-opens': { says: 'say of each remedy what else it would open' },
    ...subjectFlags,
    ...answerFlags,
  },
  notes: [pathNote, 'Exits with 0 when the verdict is REACHABLE, else with 1.'],
  run: async (given, surroundings) => {
    const to = readDestination(given)
    const subject = openSubject(given, surroundings, statedServer(given, surroundings))
    const question = {
      from: await locateSource(given, subject),
      to,
      at: given.value('at') ?? null,
      ...(given.has('also-opens') ? { alsoOpens: true } : {}),
    }
    const answer = await subject.ask(questions.reachability, question)
    await printAnswer(given, surroundings, answer, tellReachability)
    return answer.verdict === 'REACHABLE' ? exitCodes.fine : exitCodes.verdict
  },
}
