import type { Finding } from '../model/report.js'
import type { SuppressionHeader } from '../model/topology/suppression-header.js'

/** `cluster/kind/namespace/name`, each part possibly `*`; shorter patterns match from the left. */
const matchesPattern = (finding: Finding, pattern: string): boolean => {
  const { resource } = finding
  if (resource === null) return false
  const parts = [resource.cluster, resource.kind, resource.namespace, resource.name]
  return pattern.split('/').every((part, index) => part === '*' || part === (parts[index] ?? ''))
}

const matchesResource = (finding: Finding, resource: SuppressionHeader['resource']): boolean => {
  if (resource === undefined) return true
  if (typeof resource === 'string') return resource === finding.resource?.name || matchesPattern(finding, resource)
  return Object.entries(resource).every(([key, value]) => finding.resource?.[key as keyof NonNullable<Finding['resource']>] === value)
}

/** The suppressions by code, so that a finding is held against those only that may be about it. */
const byCode = (suppressions: readonly SuppressionHeader[]): ReadonlyMap<string, readonly SuppressionHeader[]> => {
  const found = new Map<string, SuppressionHeader[]>()
  for (const one of suppressions) {
    const known = found.get(one.code)
    if (known === undefined) found.set(one.code, [one])
    else known.push(one)
  }
  return found
}

/**
 * Which findings did the authors of a document accept, by our code or by that of another tool, so that it still holds at this moment?
 *
 * Gives the suppression, or undefined.
 */
export const findSuppression = (
  suppressions: readonly SuppressionHeader[],
  at: number,
): ((finding: Finding) => SuppressionHeader | undefined) => {
  const known = byCode(suppressions.filter(({ expires }) => expires === undefined || Date.parse(expires) > at))
  if (known.size === 0) return () => undefined
  return (finding) => {
    for (const code of [finding.code, ...finding.istio, ...finding.kiali]) {
      const found = known.get(code)?.find(({ resource }) => matchesResource(finding, resource))
      if (found !== undefined) return found
    }
    return undefined
  }
}
