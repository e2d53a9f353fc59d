import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Upload } from '#analyst/analyst'
import { type HelmEntry, type KustomizeEntry, listOf } from '#engine/model/resource-entry'
import { failure } from '../failure.js'

/** A program that may render an entry, with its arguments. */
interface Tool {
  readonly program: string
  readonly words: readonly string[]
}

const mostTime = 120_000
const mostBytes = 512 * 1024 * 1024

/** What a kustomization or a chart amounts to, by the tools on this machine. */
export function renderEntry(directory: string, entry: KustomizeEntry | HelmEntry): NonNullable<Upload['files']>[number] {
  const [kind, path] = 'kustomize' in entry ? (['kustomize', entry.kustomize] as const) : (['helm', entry.helm] as const)
  const said = `\`${kind}: ${path}\``
  if (!existsSync(join(directory, path))) throw failure('input', `${said}: there is no such directory in \`${directory}\``)
  const tools = 'kustomize' in entry ? kustomizeTools(entry) : [helmTool(entry)]
  for (const tool of tools) {
    const body = runTool(tool, directory, said)
    if (body !== undefined) return { path: `${path} (rendered by ${tool.program})`, body, named: true }
  }
  throw failure('input', `${said} is rendered by ${hints[kind]}`)
}

const hints = {
  kustomize:
    '`kustomize` or `kubectl`, and neither is installed here: see https://kubectl.docs.kubernetes.io/installation/kustomize, or render it elsewhere and list the file',
  helm: '`helm`, which is not installed here: see https://helm.sh/docs/intro/install, or render it elsewhere by `helm template` and list the file',
} as const

const kustomizeTools = ({ kustomize }: KustomizeEntry): readonly Tool[] => [
  { program: 'kustomize', words: ['build', `./${kustomize}`] },
  { program: 'kubectl', words: ['kustomize', `./${kustomize}`] },
]

/** A name that a release may have: nothing in it is taken for a flag. */
const nameOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '') || 'release'

const helmTool = ({ helm, values, namespace, releaseName }: HelmEntry): Tool => ({
  program: 'helm',
  words: [
    'template',
    nameOf(releaseName ?? basename(helm)),
    // Without the dot a directory could be taken for a chart of a repository.
    `./${helm}`,
    ...(namespace === undefined ? [] : ['--namespace', namespace]),
    ...listOf(values).flatMap((file) => ['--values', file]),
  ],
})

/** What the program prints; undefined where there is no such program. */
function runTool({ program, words }: Tool, directory: string, said: string): Uint8Array | undefined {
  const { error, status, stdout, stderr } = spawnSync(program, words, {
    cwd: directory,
    timeout: mostTime,
    maxBuffer: mostBytes,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const reason = (error as NodeJS.ErrnoException | undefined)?.code
  if (reason === 'ENOENT') return undefined
  if (reason === 'ETIMEDOUT') throw failure('input', `${said}: \`${program}\` did not end within ${mostTime / 1000} seconds`)
  if (error !== undefined || status !== 0)
    throw failure('input', `${said} cannot be rendered: \`${program}\` says: ${lastWords(stderr, error)}`)
  return stdout
}

const lastWords = (stderr: Uint8Array | null, error: Error | undefined): string => {
  const lines = Buffer.from(stderr ?? [])
    .toString('utf8')
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '')
  return lines.slice(-3).join(' / ') || (error?.message ?? 'nothing')
}
