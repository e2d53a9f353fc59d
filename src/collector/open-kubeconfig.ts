import { trimEndOf } from '#engine/manifests/parsing/trim-characters'
import type { RequestOptions } from 'node:https'
import type { KubeConfig, User } from '@kubernetes/client-node'
import { type KubeconfigFiles, type ReadKubeconfig, readKubeconfig } from './read-kubeconfig.js'
import type { Refuse } from './refuse.js'
import { sayLogin } from './say-login.js'

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
export async function openKubeconfig(files: KubeconfigFiles, names: readonly string[], refuse: Refuse): Promise<readonly KubeContext[]> {
  const { KubeConfig: Config } = await import('@kubernetes/client-node')
  const read = readKubeconfig(() => new Config(), files, refuse)
  const wanted = names.length > 0 ? names : [currentOf(read, refuse)]
  return wanted.map((name) => contextOf(() => new Config(), read, name, refuse))
}

function currentOf({ config, shown }: ReadKubeconfig, refuse: Refuse): string {
  const current = config.getCurrentContext()
  if (typeof current === 'string' && current !== '') return current
  const known = contextsOf(config)
  if (known.length === 0) throw refuse('input', `the kubeconfig ${shown} has no contexts`)
  throw refuse('input', `the kubeconfig ${shown} has no current context: name one with \`--context\`; it has ${listed(known)}`)
}

const contextsOf = (config: KubeConfig): readonly string[] => (config.getContexts() ?? []).map(({ name }) => name)

const listed = (names: readonly string[]): string =>
  names
    .slice(0, 20)
    .map((name) => `\`${name}\``)
    .join(', ')

/** What is not there may have been passed by for what is wrong with it. */
const fails = ({ faults }: ReadKubeconfig, message: string, refuse: Refuse): Error =>
  refuse('input', `${message}${faults.length === 0 ? '' : `; what is wrong in ${faults.join('; ')}`}`)

function contextOf(create: () => KubeConfig, read: ReadKubeconfig, name: string, refuse: Refuse): KubeContext {
  const { config, shown } = read
  const known = contextsOf(config)
  const context = config.getContextObject(name)
  if (context === null) {
    const others = known.length === 0 ? '' : `; it has ${listed(known)}`
    throw fails(read, `the kubeconfig ${shown} has no context \`${name}\`${others}`, refuse)
  }
  const cluster = config.getCluster(context.cluster)
  if (cluster === null)
    throw fails(read, `context \`${name}\` names cluster \`${context.cluster ?? ''}\`, which the kubeconfig ${shown} does not have`, refuse)
  checkServer(name, cluster.server, refuse)
  const named = context.user ?? ''
  const user = named === '' ? { name: named } : config.getUser(named)
  if (user === null) throw fails(read, `context \`${name}\` names user \`${named}\`, which the kubeconfig ${shown} does not have`, refuse)
  const own = create()
  // The client refuses plain HTTP unless certificates are not checked, which there are none of.
  const plain = cluster.server.startsWith('http:')
  own.loadFromOptions({
    clusters: [plain ? { ...cluster, skipTLSVerify: true } : cluster],
    users: [user],
    contexts: [{ ...context, user: user.name }],
    currentContext: name,
  })
  return { name, server: trimEndOf(cluster.server, '/'), user: user.name, options: () => optionsOf(own, user, name, refuse) }
}

function checkServer(name: string, server: string | undefined, refuse: Refuse): void {
  if (server !== undefined && /^https?:\/\/./.test(server) && URL.canParse(server)) return
  throw refuse('input', `context \`${name}\` has no address of an API server: \`${server ?? ''}\` is none`)
}

async function optionsOf(config: KubeConfig, user: User, name: string, refuse: Refuse): Promise<RequestOptions> {
  const options: RequestOptions = {}
  try {
    await config.applyToHTTPSOptions(options)
  } catch (error) {
    const { exit, message } = sayLogin(error, user, name)
    throw refuse(exit, message)
  }
  const headers = options.headers as Record<string, unknown> | undefined
  // A file of a token ends with its line.
  const token = headers?.['Authorization']
  if (typeof token === 'string') options.headers = { ...(headers as Record<string, string>), Authorization: token.trim() }
  return options
}
