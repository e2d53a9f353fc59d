/** Kinds of Kubernetes itself that no answer depends on; nobody is told that they were not read. */
const core = new Set([
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Event',
  'ResourceQuota',
  'LimitRange',
  'PodTemplate',
  'Binding',
  'ComponentStatus',
])
const groups = new Set([
  'rbac.authorization.k8s.io',
  'autoscaling',
  'policy',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'admissionregistration.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'metrics.k8s.io',
  'monitoring.coreos.com',
  'node.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
])

export const hasNoEffect = (group: string, kind: string): boolean => (group === '' ? core.has(kind) : groups.has(group))
