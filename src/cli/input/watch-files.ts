import { statSync, watch } from 'node:fs'
import { dirname } from 'node:path'
import type { Given, Surroundings } from '../command.js'
import { exitCodes, failure, failureOf } from '../failure.js'
import { printFailure } from '../print/failure.js'

/** Editors write a file in several steps. */
const settleMs = 150

/** Does it now, and again whenever something below the paths has changed; what cannot be read meanwhile is told, and waited for. */
export async function watchFiles(given: Given, surroundings: Surroundings, work: () => Promise<number>): Promise<number> {
  const paths = pathsOf(given)
  if (given.has('server') || paths.includes('-'))
    throw failure('input', '`--watch` is about files: neither a server nor standard input is watched')
  const changes = waitForChanges(paths, surroundings.until)
  let code: number = exitCodes.fine
  do {
    try {
      code = await work()
    } catch (error) {
      const known = failureOf(error)
      if (known === undefined) throw error
      surroundings.err(printFailure(known))
      code = known.exitCode
    }
  } while (await changes())
  return code
}

const pathsOf = (given: Given): readonly string[] => [
  ...given.operands,
  ...given.values('cluster').flatMap((text) => (text.includes('=') ? text.slice(text.indexOf('=') + 1) : [])),
  ...given.values('assert'),
]

/** A file by its directory, since an editor may put another in its place; includes of a document are below it. */
const directoryOf = (path: string): string => {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw failure('input', `there is no file or directory \`${path}\``)
  return found.isDirectory() ? path : dirname(path)
}

/** Resolves with true at the next change, and with false when it is over. */
function waitForChanges(paths: readonly string[], until: AbortSignal | undefined): () => Promise<boolean> {
  let hasChanged = false
  let wake: (() => void) | undefined
  const seen = (): void => {
    hasChanged = true
    setTimeout(() => wake?.(), settleMs)
  }
  const watchers = [...new Set(paths.map(directoryOf))].map((directory) => watch(directory, { recursive: true }, seen))
  until?.addEventListener('abort', () => {
    for (const watcher of watchers) watcher.close()
    wake?.()
  })
  return async () => {
    if (!hasChanged && until?.aborted !== true) await new Promise<void>((resolve) => (wake = resolve))
    hasChanged = false
    return until?.aborted !== true
  }
}
