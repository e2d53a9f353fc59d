import { askServer } from '../ask-server.js'
import type { Command } from '../command.js'
import { exitCodes } from '../failure.js'
import { ownServerFlags, serverFor } from '../own-server.js'
import { readVersionName } from '../version-name.js'

export const exportDocument: Command = {
  name: 'export',
  says: 'print the document of a version that a server keeps',
  operands: ['NAME[@REF]'],
  examples: ['sightline export shop --server http://127.0.0.1:8080', 'sightline export shop@production --format json > topology.json'],
  flags: {
    ...ownServerFlags,
    format: { takes: 'FORMAT', choices: ['yaml', 'json'], says: 'yaml unless stated' },
  },
  notes: [
    'REF is a number, a tag, `latest` or `sha256:…`. The document is in normal form: lists flattened, includes resolved, secrets removed.',
  ],
  run: async (given, surroundings) => {
    const [name = ''] = given.operands
    const { topology, ref } = readVersionName(name)
    const format = given.value('format') ?? 'yaml'
    const { body } = await askServer(serverFor(given, surroundings), {
      method: 'GET',
      path: `/v1/topologies/${topology}/versions/${encodeURIComponent(ref)}/document`,
      query: { format },
      accept: `application/${format}, application/problem+json`,
    })
    if (body !== null) for await (const chunk of body) await surroundings.out(chunk)
    return exitCodes.fine
  },
}
