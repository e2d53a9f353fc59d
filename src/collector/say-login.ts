import type { User } from '@kubernetes/client-node'
import type { Refuse } from './refuse.js'
import { sayCause } from './say-cause.js'

interface SaidLogin {
  readonly exit: Parameters<Refuse>[0]
  readonly message: string
}

/**
 * Why nobody could log in as a context says: a file that the kubeconfig names is not there, or the plugin that fetches credentials is not, which is
 * the kubeconfig's fault; or the plugin does not let them in.
 */
export function sayLogin(error: unknown, user: User, context: string): SaidLogin {
  const who = `context \`${context}\` cannot be used`
  const { syscall = '', path } = error as NodeJS.ErrnoException
  const command = commandOf(user)
  if (command === undefined || (path !== undefined && !syscall.startsWith('spawn'))) {
    const file = path === undefined ? '' : `the file \`${path}\` that user \`${user.name}\` or its cluster names: `
    return { exit: 'input', message: `${who}: ${file}${sayCause(error)}` }
  }
  const plugin = `the plugin \`${command}\`, by which user \`${user.name}\` logs in`
  if (syscall.startsWith('spawn')) {
    const cause = sayCause(error, { ENOENT: 'is not installed here', EACCES: 'may not be run' })
    return { exit: 'input', message: `${who}: ${plugin}, ${cause}` }
  }
  if (error instanceof SyntaxError || error instanceof TypeError) {
    return { exit: 'forbidden', message: `${who}: ${plugin}, prints no credentials` }
  }
  const words = wordsOf((error as Error).message)
  return { exit: 'forbidden', message: `${who}: ${plugin}, fails${words === '' ? ' without a word' : `: ${words}`}` }
}

function commandOf({ exec, authProvider }: User): string | undefined {
  const command: unknown = exec?.command ?? authProvider?.config?.exec?.command
  return typeof command === 'string' && command !== '' ? command : undefined
}

/** What it says first, or of a program that broke, last; without what moves a cursor. */
function wordsOf(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const line = lines[0]?.startsWith('Traceback') === true ? lines.at(-1) : lines[0]
  return (line ?? '').replaceAll(/\p{Cc}/gu, ' ').slice(0, 300)
}
