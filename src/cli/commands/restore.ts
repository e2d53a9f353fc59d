import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import type { RestoredStore } from '#engine/model/stored/kept-store'
import { restoreStore } from '#operations/store/restore-store'
import { askServerJson } from '../ask-server.js'
import type { Command } from '../command.js'
import { exitCodes } from '../failure.js'
import { serverFlags, statedServer } from '../server/server-flags.js'
import { onOwnStore } from '../on-own-store.js'
import { done } from '../print/done.js'
import { formatFlag, printAnswer } from '../print-answer.js'

export const restore: Command = {
  name: 'restore',
  says: 'put a backup in place of everything that is stored',
  operands: ['FILE'],
  examples: ['sightline restore sightline.tar', 'sightline restore sightline.tar --replace --server http://127.0.0.1:8080'],
  flags: {
    replace: { says: 'the topologies that there are may go; unless stated the store has to be empty' },
    ...serverFlags,
    format: formatFlag,
  },
  notes: [
    'All of it or, where the backup is damaged, nothing. Either kind of store takes the backups of both. Tokens and the audit stay as they are.',
  ],
  run: async (given, surroundings) => {
    const [file = ''] = given.operands
    await access(file)
    const replace = given.has('replace')
    const server = statedServer(given, surroundings)
    const restored =
      server === undefined
        ? await onOwnStore(surroundings, (needs) => restoreStore(needs, createReadStream(file), replace), true)
        : await askServerJson<RestoredStore>(server, {
            method: 'POST',
            path: '/v1/restore',
            query: { replace: replace ? 'true' : undefined },
            stream: createReadStream(file),
            type: 'application/x-tar',
            patience: 'ENDLESS',
          })
    await printAnswer(given, surroundings, restored, ({ topologies, versions, contents }) => [
      done('RESTORED', `${topologies} topologies, ${versions} versions, ${contents} contents`),
    ])
    return exitCodes.fine
  },
}
