import type { MeshConfig } from '../control-planes/mesh-config.js'

const covers = (pattern: string, host: string): boolean => (pattern.startsWith('*') ? host.endsWith(pattern.slice(1)) : host === pattern)

/** The built-in hosts that an explicit `false` does not take back. Rules VIS-32, VIS-33. */
const defaultHosts = (meshConfig: MeshConfig, suffix: string): readonly string[] => {
  const [address = ''] = meshConfig.discoveryAddress.split(':')
  const discovery = address.endsWith('.svc') ? `${address}.${suffix}` : address
  const denied = meshConfig.serviceSettings.filter((setting) => !setting.clusterLocal).flatMap((setting) => setting.hosts)
  const hosts = [`*.kube-system.svc.${suffix}`, `kubernetes.default.svc.${suffix}`, discovery]
  return hosts.filter((host) => !denied.some((other) => other === host || (host.startsWith('*') && covers(host, other))))
}

/**
 * Is a host only ever reached inside the caller's own cluster? The most specific of the hosts decides.
 *
 * Rules VIS-32, VIS-33; before 1.24 a `false` could not take a host out of a wildcard `true`.
 */
export const clusterLocalOf = (meshConfig: MeshConfig, suffix: string, honoursExclusions: boolean): ((host: string) => boolean) => {
  const settings = new Map<string, boolean>(defaultHosts(meshConfig, suffix).map((host) => [host, true]))
  for (const setting of meshConfig.serviceSettings) {
    if (setting.clusterLocal || honoursExclusions) for (const host of setting.hosts) settings.set(host, setting.clusterLocal)
  }
  const wildcards = [...settings].filter(([host]) => host.startsWith('*')).sort(([a], [b]) => b.length - a.length)
  return (host) => settings.get(host) ?? wildcards.find(([pattern]) => covers(pattern, host))?.[1] ?? false
}
