import type { PrunedVersions } from '#engine/model/stored/kept-store'
import type { Part } from '#formats/parts/part'
import { sentence } from '#formats/parts/tell'
import { pruneVersions } from '#operations/versions/prune-versions'
import { askServerJson } from '../ask-server.js'
import type { Command, Given } from '../command.js'
import { exitCodes, failure } from '../failure.js'
import { readCount } from '../flags/read-count.js'
import { serverFlags, statedServer } from '../server/server-flags.js'
import { onOwnStore } from '../on-own-store.js'
import { done } from '../print/done.js'
import { formatFlag, printAnswer } from '../print-answer.js'
import { readTopologyName } from '../topology-name.js'

export const prune: Command = {
  name: 'prune',
  says: 'forget old versions of a topology',
  operands: ['NAME'],
  examples: ['sightline prune shop --keep 50 --dry-run', 'sightline prune shop --keep 50 --older-than 90d --server http://127.0.0.1:8080'],
  flags: {
    keep: { takes: 'N', says: 'so many of the newest versions stay' },
    'older-than': { takes: 'DURATION', says: 'only versions stored longer ago than this go, such as `90d`, `12h`' },
    'dry-run': { says: 'say which they are, and leave them' },
    ...serverFlags,
    format: formatFlag,
  },
  notes: [
    'Never the newest version, never one that a tag points at. Numbers are not given out again: a version that was pruned is answered as gone.',
  ],
  run: async (given, surroundings) => {
    const [name = ''] = given.operands
    const topology = readTopologyName(name)
    const request = { ...readBounds(given, surroundings.now()), ...(given.has('dry-run') ? { dryRun: true } : {}) }
    const server = statedServer(given, surroundings)
    const pruned =
      server === undefined
        ? await onOwnStore(surroundings, (needs) => pruneVersions(needs, topology, request))
        : await askServerJson<PrunedVersions>(server, {
            method: 'POST',
            path: `/v1/topologies/${topology}/prune`,
            body: JSON.stringify(request),
          })
    await printAnswer(given, surroundings, pruned, tellPruned)
    return exitCodes.fine
  },
}

const units: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 }

function readBounds(given: Given, now: number): { readonly keep?: number; readonly before?: string } {
  const [keep, age] = [given.value('keep'), given.value('older-than')]
  if (keep === undefined && age === undefined)
    throw failure('input', 'say which versions may go: `--keep N`, `--older-than DURATION`, or both')
  return {
    ...(keep === undefined ? {} : { keep: readCount('keep', keep) }),
    ...(age === undefined ? {} : { before: momentBefore(now, age) }),
  }
}

function momentBefore(now: number, age: string): string {
  const [, count, unit = ''] = /^(\d{1,5})([hdw])$/.exec(age) ?? []
  if (count === undefined) throw failure('input', `\`--older-than ${age}\` is not a duration such as \`90d\` or \`12h\``)
  return new Date(now - Number(count) * (units[unit] ?? 0)).toISOString()
}

const shown = 20

const tellPruned = ({ topology, numbers, dryRun }: PrunedVersions): readonly Part[] => {
  if (numbers.length === 0) return [sentence(`nothing to prune of ${topology}`)]
  const more = numbers.length > shown ? ` and ${numbers.length - shown} more` : ''
  return [done(dryRun ? 'WOULD PRUNE' : 'PRUNED', `${topology}: version ${numbers.slice(0, shown).join(', ')}${more}`)]
}
