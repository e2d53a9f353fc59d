import { admit } from '#access/admit'
import type { VersionContent } from '#analyst/analyst'
import { AppError } from '#engine/model/app-error'
import type { ProxyConfig, ProxyConfigQuestion } from '#engine/model/proxy-config'
import type { Selection } from '#engine/model/selection'
import type { Asking } from '../dependencies.js'
import { askProxyConfig } from './ask-proxy-config.js'

const mebibyte = 1024 * 1024
/** What is read as a whole keeps others waiting while it is: more than this is only streamed. */
const most = 4 * mebibyte

/** What are proxies given, as a whole? `wanted`: the only fields that the caller reads; the others may then be absent. */
export async function readProxyConfig(
  asking: Omit<Asking, 'now'>,
  version: VersionContent,
  question: ProxyConfigQuestion,
  wanted?: Selection,
): Promise<ProxyConfig> {
  admit(asking.caller, 'readProxyConfig')
  const texts: Uint8Array[] = []
  let size = 0
  for await (const text of await askProxyConfig(asking, version, question, wanted)) {
    texts.push(text)
    size += text.length
    if (size <= most) continue
    const detail = `what these proxies are given takes more than ${most / mebibyte} MiB: narrow it by \`from\`, select fewer fields, or ask REST, which streams it`
    throw new AppError('ANSWER_TOO_LARGE', detail)
  }
  return JSON.parse(Buffer.concat(texts).toString('utf8')) as ProxyConfig
}
