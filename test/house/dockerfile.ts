import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** One instruction, its continuation lines joined. */
export interface Instruction {
  readonly name: string
  readonly text: string
}

export function readDockerfile(text: string): readonly Instruction[] {
  const lines = text.split('\n').filter((line) => !line.startsWith('#'))
  const joined = lines.join('\n').replaceAll(/\\\n\s*/g, '')
  return joined
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name, rest] = /^(\w+)\s+(.*)$/.exec(line) as unknown as [string, string, string]
      return { name: name.toUpperCase(), text: rest }
    })
}

/** A stage played out in a directory that stands for its root. */
export interface Stage {
  readonly root: string
  readonly directory: string
  readonly environment: Readonly<Record<string, string>>
  readonly command: readonly string[]
  readonly health: readonly string[]
}

/** The files a build would be sent: what git has or would take, without what .dockerignore names. */
function contextFiles(context: string): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: context, encoding: 'utf8' }).trim().split('\n')
  const ignored = readFileSync(join(context, '.dockerignore'), 'utf8').trim().split('\n')
  return listed.filter((file) => !ignored.some((prefix) => file === prefix || file.startsWith(`${prefix}/`)))
}

function copy(from: string, wanted: string, files: readonly string[] | undefined, to: string): void {
  const source = join(from, wanted)
  if (!statSync(source).isDirectory()) return cpSync(source, join(to, wanted.split('/').at(-1) as string))
  // Tens of thousands of files, which the system copies in a fraction of the time.
  if (!files) return void execFileSync('cp', ['-a', `${source}/.`, to])
  for (const file of files) cpSync(join(from, file), join(to, file))
}

const optionsOf = (text: string): RegExpExecArray | null => /^((?:--\S+\s+)*)(.*)$/.exec(text)
const jsonOf = (text: string): readonly string[] => JSON.parse(text.slice(text.indexOf('['))) as string[]

/**
 * Plays a Dockerfile without containers: COPY copies, RUN runs in a shell, and absolute paths are taken below the stage's own directory.
 * USER, EXPOSE, VOLUME and STOPSIGNAL say nothing here.
 */
export function playDockerfile(context: string, scratch: string): Stage {
  const stages = new Map<string, Stage>()
  let stage: Stage = { root: '', directory: '', environment: {}, command: [], health: [] }
  const within = (path: string): string => (path.startsWith('/') ? join(stage.root, path) : resolve(stage.directory, path))
  const play: Readonly<Record<string, (text: string) => void>> = {
    FROM: (text) => {
      const name = /\bas\s+(\S+)$/i.exec(text)?.[1] ?? 'last'
      const root = join(scratch, name)
      mkdirSync(join(root, 'home/node'), { recursive: true })
      stage = { root, directory: root, environment: {}, command: [], health: [] }
      stages.set(name, stage)
    },
    WORKDIR: (text) => {
      stage = { ...stage, directory: within(text) }
      mkdirSync(stage.directory, { recursive: true })
    },
    ENV: (text) => {
      const pairs = text.split(/\s+/).map((pair) => pair.split('=') as [string, string])
      const rooted = pairs.map(([name, value]) => [name, value.startsWith('/') ? within(value) : value])
      stage = { ...stage, environment: { ...stage.environment, ...Object.fromEntries(rooted) } }
    },
    COPY: (text) => {
      const [, options = '', rest = ''] = optionsOf(text) ?? []
      const [to = '.', ...wanted] = rest.split(/\s+/).toReversed()
      const from = /--from=(\S+)/.exec(options)?.[1]
      const base = from ? (stages.get(from) as Stage).root : context
      for (const one of wanted) copy(base, one, from ? undefined : contextFiles(context), within(to))
    },
    RUN: (text) => {
      const here = text.replaceAll(/(?<=\s)\/(?=\w)/g, `${stage.root}/`)
      execFileSync('sh', ['-c', here], {
        cwd: stage.directory,
        env: { ...process.env, ...stage.environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
    },
    HEALTHCHECK: (text) => {
      stage = { ...stage, health: jsonOf(text) }
    },
    CMD: (text) => {
      stage = { ...stage, command: jsonOf(text) }
    },
  }
  for (const { name, text } of readDockerfile(readFileSync(join(context, 'Dockerfile'), 'utf8'))) play[name]?.(text)
  return stage
}
