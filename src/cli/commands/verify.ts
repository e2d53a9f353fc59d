import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import type { VerifiedStore } from '#engine/model/stored/kept-store'
import type { Part } from '#formats/parts/part'
import { items, sentence } from '#formats/parts/tell'
import { many } from '#formats/text/many'
import { verifyStore } from '#operations/store/verify-store'
import { askServerJson } from '../ask-server.js'
import type { Command } from '../command.js'
import { exitCodes } from '../failure.js'
import { serverFlags, statedServer } from '../server/server-flags.js'
import { checkBackup, onOwnStore } from '../on-own-store.js'
import { done } from '../print/done.js'
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
      await printAnswer(given, surroundings, { contents, damaged: [] }, () => [done('SOUND', many(contents, 'content'))])
      return exitCodes.fine
    }
    const server = statedServer(given, surroundings)
    const verified =
      server === undefined
        ? await onOwnStore(surroundings, verifyStore)
        : await askServerJson<VerifiedStore>(server, { method: 'GET', path: '/v1/verify', patience: 'ENDLESS' })
    await printAnswer(given, surroundings, verified, tellVerified)
    return verified.damaged.length === 0 ? exitCodes.fine : exitCodes.verdict
  },
}

const tellVerified = ({ contents, versions, damaged }: VerifiedStore): readonly Part[] => {
  const counted = `${many(versions, 'version')}, ${many(contents, 'content')}`
  if (damaged.length === 0) return [done('SOUND', counted)]
  return [
    sentence(counted, { word: { text: 'DAMAGED', shade: 'bad' } }),
    ...items(
      damaged.map(({ what, name, versions: spoilt }) => ({
        cells: [what === 'CONTENT' ? `content ${name}, part of ${spoilt.join(', ')}` : `version ${name} is not what its hash says`],
      })),
    ),
  ]
}
