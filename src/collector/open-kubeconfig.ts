import { trimEndOf } from '#engine/manifests/parsing/trim-characters'
import type { RequestOptions } from 'node:https'
import type { KubeConfig } from '@kubernetes/client-node'
import type { Refuse } from './refuse.js'

/** One context of a kubeconfig: an API server, and as whom it is asked. */
export interface KubeContext {
  readonly name: string
  /** Its address, without a slash at the end. */
  readonly server: string
  /** As the kubeconfig calls them. */
  readonly user: string
  /** Certificates, tokens and a proxy for one request; plugins that fetch tokens run here. */
  options(): Promise<RequestOptions>
}

/**
 * The contexts of these names, from kubeconfig files merged as kubectl does; no name: the current context.
 *
 * The official client reads the files and answers for how to log in; it is loaded here and by nobody else, since it takes half a second.
 */
export async function openKubeconfig(files: readonly string[], names: readonly string[], refuse: Refuse): Promise<readonly KubeContext[]> {
  const { KubeConfig: Config } = await import('@kubernetes/client-node')
  const config = readFiles(() => new Config(), files, refuse)
  const wanted = names.length > 0 ? names : [config.getCurrentContext()]
  const known = config.getContexts().map(({ name }) => name)
  return wanted.map((name) => {
    if (name === '' || name === undefined) throw refuse('input', 'the kubeconfig has no current context: name one with `--context`')
    if (!known.includes(name)) throw refuse('input', unknownContext(name, known))
    return contextOf(() => new Config(), config, name, refuse)
  })
}

const unknownContext = (name: string, known: readonly string[]): string =>
  `the kubeconfig has no context \`${name}\`${known.length === 0 ? '' : `; it has \`${known.slice(0, 20).join('`, `')}\``}`

function readFiles(create: () => KubeConfig, files: readonly string[], refuse: Refuse): KubeConfig {
  const merged = create()
  for (const file of files) {
    const read = create()
    try {
      read.loadFromFile(file)
    } catch (error) {
      throw refuse('input', `the kubeconfig \`${file}\` cannot be read: ${reasonOf(error)}`)
    }
    // Of several files the first that sets a value wins.
    const clash = (list: 'clusters' | 'contexts' | 'users') => new Set(merged[list].map(({ name }) => name))
    const [clusters, contexts, users] = [clash('clusters'), clash('contexts'), clash('users')]
    merged.clusters = [...merged.clusters, ...(read.clusters ?? []).filter(({ name }) => !clusters.has(name))]
    merged.contexts = [...merged.contexts, ...(read.contexts ?? []).filter(({ name }) => !contexts.has(name))]
    merged.users = [...merged.users, ...(read.users ?? []).filter(({ name }) => !users.has(name))]
    merged.currentContext ||= read.currentContext
  }
  return merged
}

/** The first line of what a library says, without stack. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EACCES') return 'permission denied'
  return message.split('\n')[0]?.trim() ?? String(error)
}

function contextOf(create: () => KubeConfig, config: KubeConfig, name: string, refuse: Refuse): KubeContext {
  const context = config.getContextObject(name)
  const cluster = context === null ? null : config.getCluster(context.cluster)
  if (context === null || cluster === null) {
    throw refuse('input', `context \`${name}\` names cluster \`${context?.cluster ?? ''}\`, which the kubeconfig does not have`)
  }
  checkServer(name, cluster.server, refuse)
  const user = config.getUser(context.user) ?? { name: context.user ?? '' }
  const own = create()
  // The client refuses plain HTTP unless certificates are not checked, which there are none of.
  const plain = cluster.server.startsWith('http:')
  own.loadFromOptions({
    clusters: [plain ? { ...cluster, skipTLSVerify: true } : cluster],
    users: [user],
    contexts: [{ ...context, user: user.name }],
    currentContext: name,
  })
  return { name, server: trimEndOf(cluster.server, '/'), user: user.name, options: () => optionsOf(own, name, refuse) }
}

function checkServer(name: string, server: string | undefined, refuse: Refuse): void {
  if (server !== undefined && /^https?:\/\/./.test(server) && URL.canParse(server)) return
  throw refuse('input', `context \`${name}\` has no address of an API server: \`${server ?? ''}\` is none`)
}

async function optionsOf(config: KubeConfig, name: string, refuse: Refuse): Promise<RequestOptions> {
  const options: RequestOptions = {}
  try {
    await config.applyToHTTPSOptions(options)
  } catch (error) {
    throw refuse('input', `context \`${name}\` cannot be used: ${reasonOf(error)}`)
  }
  return options
}
