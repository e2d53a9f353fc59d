import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What kubectl's reader makes of a text: its documents, or why it refuses it. */
export interface ReadByKubectl {
  readonly documents: readonly unknown[]
  readonly refused?: string
}

const sources = join(import.meta.dirname, 'kubectl-reader')

const run = (command: string, args: readonly string[], input?: string): string => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: sources, encoding: 'utf8', maxBuffer: 2 ** 30, input })
  if (error !== undefined || status !== 0) throw new Error(`${command} ${args[0] ?? ''}: ${error?.message ?? stderr.slice(0, 500)}`)
  return stdout
}

/** Kubernetes' own code, built for this; or why it cannot be. */
export const kubectlReader = (): ((texts: readonly string[]) => readonly ReadByKubectl[]) | { readonly missing: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-reader-'))
  const program = join(folder, 'kubectl-reader')
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  try {
    run('go', ['build', '-o', program, '.'])
  } catch (error) {
    if (process.env['REQUIRE_GO'] !== undefined) throw error
    return { missing: error instanceof Error ? error.message : String(error) }
  }
  return (texts) =>
    run(program, [], JSON.stringify(texts))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as ReadByKubectl)
}
