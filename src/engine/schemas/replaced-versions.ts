/** Kinds that an API group once served and another one serves now. */
export const replacedVersions: Readonly<Record<string, string>> = {
  'extensions/Deployment': 'apps/v1',
  'extensions/DaemonSet': 'apps/v1',
  'extensions/ReplicaSet': 'apps/v1',
  'extensions/NetworkPolicy': 'networking.k8s.io/v1',
  'extensions/Ingress': 'networking.k8s.io/v1',
}
