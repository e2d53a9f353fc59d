import { pause } from '../pause.js'
import { hash } from 'node:crypto'
import type { Finding } from '../model/report.js'

/** What a finding is about, whatever line it stands in and however it is worded; of a text the file, since there is no object. */
const identityOf = ({ code, resource, path, source }: Finding): string => {
  const about = resource === null ? [source?.file ?? null] : [resource.cluster, resource.kind, resource.namespace, resource.name]
  return JSON.stringify([code, ...about, path])
}

/** The findings with what they are recognised by in another report: several about one thing are told apart by their order. */
export const withFingerprints = (findings: readonly Finding[]): Finding[] => {
  const seen = new Map<string, number>()
  return findings.map((finding) => {
    pause()
    const identity = identityOf(finding)
    const before = seen.get(identity) ?? 0
    seen.set(identity, before + 1)
    const fingerprint = hash('sha256', `${identity}${before === 0 ? '' : ` ${before}`}`).slice(0, 32)
    return { ...finding, fingerprint }
  })
}
