/**
 * Kubeconfig files, merged as kubectl does.
 *
 * Of several files the first that sets a value wins; of those that are only listed, one that is not there is passed by. An entry that is none spoils no other.
 */
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { load } from 'js-yaml'
import type { KubeConfig, User } from '@kubernetes/client-node'
import type { Refuse } from './refuse.js'
import { sayCause } from './say-cause.js'

/** Where kubeconfigs may be. */
export interface KubeconfigFiles {
  readonly paths: readonly string[]
  /** STATED: it has to be there; LISTED: as in KUBECONFIG, one of them has to; USUAL: where it is when nobody says. */
  readonly as: 'STATED' | 'LISTED' | 'USUAL'
}

export interface ReadKubeconfig {
  readonly config: KubeConfig
  /** The files that are there, for people. */
  readonly shown: string
  /** What is wrong with entries that were passed by. */
  readonly faults: readonly string[]
}

export function readKubeconfig(create: () => KubeConfig, files: KubeconfigFiles, refuse: Refuse): ReadKubeconfig {
  const merged = create()
  const there: string[] = []
  const faults: string[] = []
  for (const path of files.paths) {
    const text = textOf(path, files, refuse)
    if (text === undefined) continue
    there.push(path)
    const read = parse(create, path, text, refuse)
    if (read.fault !== undefined) faults.push(`\`${path}\`: ${read.fault}`)
    merge(merged, read.config)
  }
  if (there.length === 0) throw refuse('input', nothingThere(files))
  return { config: merged, shown: quoted(there), faults }
}

const quoted = (paths: readonly string[]): string => paths.map((path) => `\`${path}\``).join(', ')

const nothingThere = ({ paths, as }: KubeconfigFiles): string =>
  as === 'USUAL'
    ? `there is no kubeconfig ${quoted(paths)}, and KUBECONFIG names none: name one with \`--kubeconfig\``
    : `none of the kubeconfigs that KUBECONFIG names is there: ${quoted(paths)}`

function textOf(path: string, { as }: KubeconfigFiles, refuse: Refuse): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (as !== 'STATED' && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw notRead(path, sayCause(error), refuse)
  }
}

const notRead = (path: string, reason: string, refuse: Refuse): Error =>
  refuse('input', `the kubeconfig \`${path}\` cannot be read: ${reason}`)

interface Parsed {
  readonly config: KubeConfig
  readonly fault: string | undefined
}

/** An empty file is a kubeconfig without contexts. */
function parse(create: () => KubeConfig, path: string, text: string, refuse: Refuse): Parsed {
  if (isEmpty(text)) return { config: create(), fault: undefined }
  let value: unknown
  try {
    value = load(text)
  } catch (error) {
    throw notRead(path, sayCause(error), refuse)
  }
  if (!isKubeconfig(value)) throw notRead(path, 'it holds no `clusters`, `contexts` and `users`, as a kubeconfig does', refuse)
  const config = create()
  config.loadFromString(text, { onInvalidEntry: 'filter' } as Parameters<KubeConfig['loadFromString']>[1])
  config.makePathsAbsolute(dirname(path))
  config.users = config.users.map((user) => asKubectl(user, value, dirname(path)))
  return { config, fault: faultIn(create, text) }
}

const isEmpty = (text: string): boolean =>
  text.split('\n').every((line) => ['', '---'].includes(line.trim()) || line.trim().startsWith('#'))

const parts = ['clusters', 'contexts', 'users', 'current-context', 'kind', 'preferences']

const isKubeconfig = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && parts.some((part) => part in value)

/** The client knows `token-file`, kubectl `tokenFile`; to kubectl a plugin’s path is relative to the file that names it. */
function asKubectl(user: User, config: Readonly<Record<string, unknown>>, folder: string): User {
  const entries = Array.isArray(config['users']) ? (config['users'] as readonly (KubeconfigUser | null)[]) : []
  const file = entries.find((entry) => entry?.name === user.name)?.user?.tokenFile
  const token =
    typeof file !== 'string' || file === '' ? {} : { authProvider: { name: 'tokenFile', config: { tokenFile: resolve(folder, file) } } }
  const command: unknown = user.exec?.command
  const exec = typeof command !== 'string' || !command.includes('/') ? {} : { exec: { ...user.exec, command: resolve(folder, command) } }
  return { ...user, ...token, ...exec }
}

interface KubeconfigUser {
  readonly name?: string
  readonly user?: { readonly tokenFile?: unknown } | null
}

/** What the client says of the first entry that it does not take. */
function faultIn(create: () => KubeConfig, text: string): string | undefined {
  try {
    create().loadFromString(text)
    return undefined
  } catch (error) {
    return sayCause(error)
  }
}

function merge(merged: KubeConfig, read: KubeConfig): void {
  const known = (list: 'clusters' | 'contexts' | 'users') => new Set((merged[list] ?? []).map(({ name }) => name))
  const [clusters, contexts, users] = [known('clusters'), known('contexts'), known('users')]
  merged.clusters = [...(merged.clusters ?? []), ...(read.clusters ?? []).filter(({ name }) => !clusters.has(name))]
  merged.contexts = [...(merged.contexts ?? []), ...(read.contexts ?? []).filter(({ name }) => !contexts.has(name))]
  merged.users = [...(merged.users ?? []), ...(read.users ?? []).filter(({ name }) => !users.has(name))]
  merged.currentContext ||= read.currentContext
}
