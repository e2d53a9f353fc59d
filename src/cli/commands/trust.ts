import type { Command, Given } from '../command.js'
import { exitCodes, failure } from '../failure.js'
import { momentFlag } from '../flags/moment-flag.js'
import { answerFlags, printAnswer } from '../print-answer.js'
import { tellTrust } from '../print/trust.js'
import { locateIdentity } from '../locate-identity.js'
import { identityForms } from '../read-identity.js'
import { inputFlags } from '../input/read-input.js'
import { questions } from '../questions.js'
import { serverAt, tokenFlag } from '../server/server-flags.js'
import { openSubject, pathNote } from '../open-subject.js'

export const trust: Command = {
  name: 'trust',
  says: 'do these two identities accept each other?',
  operands: ['PATH...'],
  examples: [
    'sightline trust examples/multiple-networks --client west/shop/client --server east/shop/ratings',
    'sightline trust . --client spiffe://cluster.local/ns/shop/sa/client --server east/shop/ratings --at 2027-01-01T00:00:00Z',
    'sightline trust shop --server http://127.0.0.1:8080 --client west/shop/client --server east/shop/ratings',
  ],
  flags: {
    client: { takes: 'IDENTITY', says: `who calls: ${identityForms}` },
    server: { takes: 'IDENTITY|URL', repeats: true, says: 'who is called, written alike; and, when `http(s)://…`, the server to ask' },
    token: tokenFlag,
    at: momentFlag,
    ...inputFlags,
    ...answerFlags,
  },
  notes: [pathNote, 'Exits with 0 when the verdict is TRUSTED, else with 1.'],
  run: async (given, surroundings) => {
    const { identity, url } = readServer(given)
    const subject = openSubject(given, surroundings, url === undefined ? undefined : serverAt(url, given, surroundings))
    const question = {
      client: await locateIdentity('--client', given.value('client'), subject),
      server: await locateIdentity('--server', identity, subject),
      at: given.value('at') ?? null,
    }
    const answer = await subject.ask(questions.trust, question)
    await printAnswer(given, surroundings, answer, tellTrust)
    return answer.verdict === 'TRUSTED' ? exitCodes.fine : exitCodes.verdict
  },
}

const isUrl = (text: string): boolean => /^https?:\/\//.test(text)

/** The word means two things here; an identity is never an `http` address, so that both can be told apart. */
function readServer(given: Given): { readonly identity: string | undefined; readonly url: string | undefined } {
  const identities = given.values('server').filter((text) => !isUrl(text))
  const urls = given.values('server').filter(isUrl)
  if (identities.length > 1 || urls.length > 1) throw failure('input', '`--server` is given twice with the same meaning')
  return { identity: identities[0], url: urls[0] }
}
