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

/** Did the document's authors accept this finding, and does that still hold at this moment? */
export const isSuppressed = (finding: Finding, suppressions: readonly SuppressionHeader[], at: number): boolean =>
  suppressions.some(
    ({ code, resource, expires }) =>
      code === finding.code && matchesResource(finding, resource) && (expires === undefined || Date.parse(expires) > at),
  )
