import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Surroundings } from './command.js'

/** Where kubectl would look for its contexts. */
export function kubeconfigFiles(environment: Surroundings['environment']): readonly string[] {
  const listed = (environment['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '')
  return listed.length > 0 ? listed : [join(environment['HOME'] ?? homedir(), '.kube', 'config')]
}
