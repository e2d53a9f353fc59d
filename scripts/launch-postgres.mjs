// @ts-check
import { spawn } from 'node:child_process'
import { join } from 'node:path'

/**
 * Starts one of Postgres' programs, as leader of a process group: it can be killed with all that it has started, and Ctrl-C,
 * which a terminal sends to the whole group of its own, leaves it to us.
 * @param {import('./postgres-place.mjs').PostgresPlace} place @param {string} program @param {readonly string[]} args
 */
export function launchPostgres({ programs, scratch, user }, program, args) {
  const child = spawn(join(programs, program), args, { ...user, cwd: scratch, detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
    log = (log + text).slice(-10_000)
  })
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) => resolve(code === 0 ? '' : `${program} ended with ${signal ?? code}: ${log.trim()}`))
  })
  const gone = new Promise((resolve) => child.once('error', resolve).once('exit', resolve))
  const quit = () => void child.kill('SIGQUIT')
  const kill = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // None of the group is left.
    }
  }
  return {
    /** Resolves when it has ended, to the reason; empty when all was well. */
    ended,
    /** Resolves when it has said this. @param {string} text @returns {Promise<void>} */
    says: (text) => new Promise((resolve) => child.stderr.on('data', () => log.includes(text) && resolve())),
    /** Asks it to end without finishing anything, and does not wait until it has. */
    quit,
    /** The same, and waits; what does not listen, or is left over, is killed. */
    end: async () => {
      quit()
      const deaf = setTimeout(kill, 5_000)
      await gone
      clearTimeout(deaf)
      kill()
    },
  }
}
