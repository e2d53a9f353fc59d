import type { Server } from '../server/server.js'
import { existsSync, readFileSync } from 'node:fs'
import Type from 'typebox'
import { Value } from 'typebox/value'
import type { Baseline } from '#engine/model/with-changes'
import type { Report } from '#engine/model/report'
import { askServerJson } from '../ask-server.js'
import type { Flag, Given, Surroundings } from '../command.js'
import { statedServer } from '../server/server-flags.js'
import { failure } from '../failure.js'
import { requestAbout } from '../request-about.js'
import { readVersionName } from '../version-name.js'

export const baselineFlag: Flag = {
  takes: 'FILE|NAME@REF',
  says: 'say which findings are new against this report, saved with `--format json`, or this version on the server',
}

/** What a saved report is recognised by. */
const SavedReport = Type.Object({ findings: Type.Array(Type.Object({ code: Type.String(), fingerprint: Type.String() })) })

/** A version on a server, which only its `@` tells from a file. */
export const namesVersion = (baseline: string): boolean => baseline.includes('@') && !existsSync(baseline)

/** The earlier report that `--baseline` names; undefined: none is. */
export async function readBaseline(given: Given, surroundings: Surroundings): Promise<Baseline | undefined> {
  const baseline = given.value('baseline')
  if (baseline === undefined) return undefined
  return namesVersion(baseline) ? reportOnServer(baseline, statedServer(given, surroundings)) : savedReport(baseline)
}

function reportOnServer(baseline: string, server: Server | undefined): Promise<Report> {
  const version = readVersionName(baseline)
  if (server === undefined) throw failure('input', `\`--baseline ${baseline}\` is a version on a server: \`--server\` says which`)
  return askServerJson<Report>(server, requestAbout(version, 'validate'))
}

function savedReport(file: string): Baseline {
  const refused = (why: string) => failure('input', `\`--baseline ${file}\` ${why}: \`sightline validate … --format json\` writes one`)
  let saved: unknown
  try {
    saved = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw error instanceof SyntaxError ? refused('is not JSON') : error
  }
  if (!Value.Check(SavedReport, saved)) throw refused('is no report with fingerprints')
  return saved as unknown as Baseline
}
