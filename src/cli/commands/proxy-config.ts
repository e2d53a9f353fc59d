import type { ProxyConfig, ProxyConfigQuestion } from '#engine/model/proxy-config'
import type { Command, Given } from '../command.js'
import { exitCodes, failure } from '../failure.js'
import { questions } from '../questions.js'
import { statedServer } from '../server/server-flags.js'
import { openSubject, pathNote, subjectFlags } from '../open-subject.js'
import { answerFlags, printAnswer } from '../print-answer.js'
import { tellProxyConfig } from '../print/proxy-config.js'
import { locateSource } from '../locate-source.js'
import { sourceFlags, sourceFlagsFor } from '../read-source.js'
import type { Subject } from '../subject.js'

export const proxyConfig: Command = {
  name: 'proxy-config',
  says: 'what do control planes give to this proxy, or to all of them?',
  operands: ['PATH...'],
  examples: [
    'sightline proxy-config examples/multiple-networks --from west/shop/client',
    'sightline proxy-config . --format json',
    'sightline proxy-config shop@production --server http://127.0.0.1:8080 --from west/shop/client',
  ],
  flags: { ...sourceFlagsFor('whose proxy; all of them unless stated'), ...subjectFlags, ...answerFlags },
  notes: [pathNote, 'Without `--from` it tells of every proxy. Exits with 0 when there is an answer.'],
  run: async (given, surroundings) => {
    const subject = openSubject(given, surroundings, statedServer(given, surroundings))
    const answer = await subject.ask(questions.proxyConfig, await readQuestion(given, subject))
    if (given.value('format') === 'json') {
      for await (const text of answer) await surroundings.out(text)
      await surroundings.out('\n')
    } else await printAnswer(given, surroundings, await readWhole(answer), tellProxyConfig)
    return exitCodes.fine
  },
}

/** What narrows a source down is nothing without one. */
const readQuestion = async (given: Given, subject: Subject): Promise<ProxyConfigQuestion> =>
  Object.keys(sourceFlags).some((flag) => given.has(flag)) ? { from: await locateSource(given, subject) } : {}

/** No string is longer than half a gigabyte. */
const most = 256 * 1024 * 1024

async function readWhole(answer: AsyncIterable<Uint8Array>): Promise<ProxyConfig> {
  const texts: Uint8Array[] = []
  let size = 0
  for await (const text of answer) {
    texts.push(text)
    size += text.length
    if (size > most) throw failure('input', 'the answer is too large to be shown as text: narrow it by `--from`, or take `--format json`')
  }
  return JSON.parse(Buffer.concat(texts).toString('utf8')) as ProxyConfig
}
