import type { Command } from '../command.js'
import { exitCodes } from '../failure.js'
import { done } from '../print/done.js'
import { formatFlag, printAnswer } from '../print-answer.js'
import { serverFlags } from '../server/server-flags.js'
import { keptNote } from '../topologies/kept-note.js'
import { openTopologies } from '../topologies/open-topologies.js'
import { readVersionName } from '../version-name.js'

export const tag: Command = {
  name: 'tag',
  says: 'point a tag (an environment) at a version',
  operands: ['NAME[@REF]', 'TAG'],
  examples: [
    'sightline tag shop production --server http://127.0.0.1:8080',
    'sightline tag shop@41 production',
    'sightline tag shop@staging production',
  ],
  flags: { ...serverFlags, format: formatFlag },
  notes: [
    'REF is a number, another tag, `latest` or `sha256:…`; the newest version unless stated. Wherever the tag pointed before, it points there no more.',
    'It takes the scope `write`; for the tag `access`, which says whose members tenants are, `admin`.',
    keptNote,
  ],
  run: async (given, surroundings) => {
    const [name = '', called = ''] = given.operands
    const version = readVersionName(name)
    const tagged = await openTopologies(given, surroundings, (kept) => kept.tag(version, called))
    await printAnswer(given, surroundings, tagged, ({ topology, number }) => [done('TAGGED', `${topology}@${number}  ${called}`)])
    return exitCodes.fine
  },
}
