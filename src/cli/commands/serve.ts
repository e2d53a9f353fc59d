import { readConfig } from '#config'
import type { Command, Given } from '../command.js'
import { exitCodes, failure } from '../failure.js'

const settings = { host: 'HOST', port: 'PORT', 'data-dir': 'DATA_DIR' } as const

export const serve: Command = {
  name: 'serve',
  says: 'run the service until it is told to stop',
  operands: [],
  examples: ['sightline serve', 'sightline serve --port 9090 --data-dir /var/lib/sightline', 'DATABASE_URL=postgresql://… sightline serve'],
  flags: {
    host: { takes: 'ADDRESS', says: 'address to listen on, instead of HOST' },
    port: { takes: 'N', says: 'port to listen on, instead of PORT' },
    'data-dir': { takes: 'DIRECTORY', says: 'where the embedded database lives, instead of DATA_DIR' },
  },
  notes: ['All other settings come from the environment; `sightline config` prints them. SIGTERM and Ctrl-C let requests finish.'],
  run: async (given, { environment }) => {
    const changed = { ...environment, ...stated(given) }
    const read = readConfig(changed)
    if ('problems' in read && !read.refused) throw failure('input', read.problems.join('\nsightline: '))
    // Loaded only here: the service brings the web server and the database along.
    const { runService } = await import('#run-service')
    await runService(changed)
    return exitCodes.fine
  },
}

const stated = (given: Given): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(settings).flatMap(([flag, name]) => {
      const value = given.value(flag)
      return value === undefined ? [] : [[name, value]]
    }),
  )
