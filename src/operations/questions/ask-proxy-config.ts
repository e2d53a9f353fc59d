import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { Stretch, VersionContent } from '#analyst/analyst'
import type { ProxyConfigQuestion } from '#engine/model/proxy-config'
import type { Selection } from '#engine/model/selection'
import { answeredFor } from './answered-for.js'
import type { Asking } from '../dependencies.js'
import { checkSource } from './check-source.js'

/**
 * What are proxies given? The answer as JSON in UTF-8, a stretch at a time: the next one is made when it is asked for.
 *
 * A question that cannot be asked is refused before anything is given.
 */
export async function askProxyConfig(
  { analyst, caller }: Omit<Asking, 'now'>,
  version: VersionContent,
  question: ProxyConfigQuestion,
  wanted?: Selection,
): Promise<AsyncIterable<Uint8Array>> {
  const deed = question.from ? 'askProxyConfig' : 'askAllProxyConfig'
  admit(caller, deed)
  if (question.from) checkSource(question.from)
  const view = viewFor(caller, version)
  const from = async (position: number): Promise<Stretch> =>
    answeredFor({ caller, deed, version }, await analyst.ask('proxyConfig', { question, position, wanted, view }, version))
  return stretches(await from(0), from)
}

async function* stretches(first: Stretch, from: (position: number) => Promise<Stretch>): AsyncIterable<Uint8Array> {
  for (let stretch = first; ; stretch = await from(stretch.next)) {
    yield stretch.text
    if (stretch.next === null) return
  }
}
