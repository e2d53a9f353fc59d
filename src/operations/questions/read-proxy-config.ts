import { admit } from '#access/admit'
import type { VersionContent } from '#analyst/analyst'
import type { ProxyConfig, ProxyConfigQuestion } from '#engine/model/proxy-config'
import type { Selection } from '#engine/model/selection'
import type { Asking } from '../dependencies.js'
import { askProxyConfig } from './ask-proxy-config.js'

/** What are proxies given, as a whole? `wanted`: the only fields that the caller reads; the others may then be absent. */
export async function readProxyConfig(
  asking: Omit<Asking, 'now'>,
  version: VersionContent,
  question: ProxyConfigQuestion,
  wanted?: Selection,
): Promise<ProxyConfig> {
  admit(asking.caller, 'readProxyConfig')
  const texts: Uint8Array[] = []
  for await (const text of await askProxyConfig(asking, version, question, wanted)) texts.push(text)
  return JSON.parse(Buffer.concat(texts).toString('utf8')) as ProxyConfig
}
