import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import type { VerifiedStore } from '#engine/model/stored/kept-store'
import type { Paint } from '#formats/text/paint'
import { verifyStore } from '#operations/store/verify-store'
import { askServerJson } from '../ask-server.js'
import type { Command } from '../command.js'
import { exitCodes } from '../failure.js'
import { serverFlags, statedServer } from '../server/server-flags.js'
import { checkBackup, onOwnStore } from '../on-own-store.js'
import { formatFlag, printAnswer } from '../print-answer.js'

export const verify: Command = {
  name: 'verify',
  says: 'read everything that is stored, and say what is damaged',
  operands: [],
  examples: ['sightline verify', 'sightline verify --server http://127.0.0.1:8080', 'sightline verify --backup sightline.tar'],
  flags: {
    backup: { takes: 'FILE', says: 'look at a backup instead of a store' },
    ...serverFlags,
    format: formatFlag,
  },
  notes: [
    'Every content is held against its digest, every version against the hash of its content. Exits with 1 when something is damaged, with 2 for a damaged backup.',
  ],
  run: async (given, surroundings) => {
    const file = given.value('backup')
    if (file !== undefined) {
      await access(file)
      const contents = await checkBackup(createReadStream(file))
      await printAnswer(given, surroundings, { contents, damaged: [] }, (paint) => [`${paint('good', 'SOUND')}  ${contents} contents`])
      return exitCodes.fine
    }
    const server = statedServer(given, surroundings)
    const verified =
      server === undefined
        ? await onOwnStore(surroundings, verifyStore)
        : await askServerJson<VerifiedStore>(server, { method: 'GET', path: '/v1/verify', patience: 'ENDLESS' })
    await printAnswer(given, surroundings, verified, printVerified)
    return verified.damaged.length === 0 ? exitCodes.fine : exitCodes.verdict
  },
}

const printVerified = (paint: Paint, { contents, versions, damaged }: VerifiedStore): string[] => [
  `${damaged.length === 0 ? paint('good', 'SOUND') : paint('bad', 'DAMAGED')}  ${versions} versions, ${contents} contents`,
  ...damaged.map(
    ({ what, name, versions: spoilt }) =>
      `  ${what === 'CONTENT' ? `content ${name}, part of ${spoilt.join(', ')}` : `version ${name} is not what its hash says`}`,
  ),
]
