import type { Workload } from '../../snapshot/workloads/workload.js'

const listOf = (text: string): string[] => text.split(',').map((item) => item.trim())

/**
 * Does the server's sidecar take connections to this port, or do they reach the application directly?
 *
 * Ports left out by annotation, and those of the proxy's own telemetry and health, are neither encrypted nor authorised, whatever the
 * policies say. Rule TLS-11.
 */
export function isCaptured(server: Workload, port: number): boolean {
  const { annotations } = server
  if (annotations['sidecar.istio.io/interceptionMode'] === 'NONE') return false
  const status = annotations['status.sidecar.istio.io/port'] ?? '15020'
  const excluded = annotations['traffic.sidecar.istio.io/excludeInboundPorts']
  const text = String(port)
  if (text === '15090' || text === '15021' || text === status) return false
  if (excluded !== undefined && listOf(excluded).includes(text)) return false
  const included = annotations['traffic.sidecar.istio.io/includeInboundPorts']
  return included === undefined || included.trim() === '*' || listOf(included).includes(text)
}
