import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { KubeconfigFiles } from '#collector/read-kubeconfig'
import type { Surroundings } from './command.js'

/** Where kubectl would look for its contexts. */
export function kubeconfigFiles(environment: Surroundings['environment']): KubeconfigFiles {
  const listed = (environment['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '')
  if (listed.length > 0) return { paths: listed, as: 'LISTED' }
  return { paths: [join(environment['HOME'] ?? homedir(), '.kube', 'config')], as: 'USUAL' }
}
