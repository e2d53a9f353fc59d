import { pause } from '../pause.js'
import { hash } from 'node:crypto'
import type { Finding } from '../model/report.js'

/** What a finding is about, whatever line it stands in and however it is worded; of a text the file, since there is no object. */
const identityOf = ({ code, resource, path, source }: Finding): string => {
  const about = resource === null ? [source?.file ?? null] : [resource.cluster, resource.kind, resource.namespace, resource.name]
  return JSON.stringify([code, ...about, path])
}

/** Half of a hash, as hexadecimal digits of their own: a part of a text would hold on to all of it. */
const printOf = (identity: string): string => hash('sha256', identity, 'buffer').toString('hex', 0, 16)

/** The findings with what they are recognised by in another report: several about one thing are told apart by their order. */
export function withFingerprints(...lists: readonly Iterable<Finding>[]): Finding[] {
  const seen = new Map<string, number>()
  const printed: Finding[] = []
  for (const findings of lists) {
    for (const finding of findings) {
      pause()
      const identity = identityOf(finding)
      const print = printOf(identity)
      const before = seen.get(print) ?? 0
      seen.set(print, before + 1)
      printed.push(withFingerprint(finding, before === 0 ? print : printOf(`${identity} ${before}`)))
    }
  }
  return printed
}

/** Written out, so that all findings have one shape: copies by `...` that are given one more field had one each, which took more than they did. */
const withFingerprint = (
  { code, severity, message, resource, path, source, istio, kiali, help }: Finding,
  fingerprint: string,
): Finding => ({
  code,
  severity,
  message,
  resource,
  path,
  source,
  istio,
  kiali,
  help,
  fingerprint,
})
