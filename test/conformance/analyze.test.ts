import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createInProcessAnalyst } from '#analyst/in-process'
import type { Upload } from '#analyst/analyst'
import type { Report } from '#engine/model/report'
import { valueOf } from '#operations/questions/value-of'

/** What the test tables of istioctl and Kiali, and the API server, expect of given objects, and the program that compares; no part of this project. */
const folder = process.env['CONFORMANCE'] ?? ''
const program = join(folder, 'run-analyze.mjs')
const isThere = folder !== '' && existsSync(program)

interface Case {
  readonly id: string
}

interface Comparison {
  readonly failure?: string
  readonly missed?: readonly string[]
  readonly extra?: readonly unknown[]
}

interface Program {
  casesBelow(folder: string): Promise<readonly Case[]>
  runCase(given: Case, validate: (upload: Upload) => Promise<Report>): Promise<Comparison>
}

/** Codes that are not said, and why not. */
const leftOut: Readonly<Record<string, string>> = {
  IST0136: 'an annotation in alpha is a matter of taste: there is nothing to mend',
  IST0164: 'the webhook’s Service being named by an address is deliberate where it is done',
}

/** Where the folder is held to be wrong, and why. */
const disputed: Readonly<Record<string, string>> = Object.fromEntries(
  ['kiali/authorization-mtls-enabled-checker-6-auto-mtls-off', 'kiali/authorization-mtls-enabled-checker-12-auto-mtls-off'].map((id) => [
    id,
    'callers send mutual TLS by the DestinationRule, and a server without PeerAuthentication takes it (PERMISSIVE): the principal is proven',
  ]),
)

const isSaid = (key: string): boolean => !Object.keys(leftOut).some((code) => key.startsWith(`${code} `))

const { casesBelow, runCase } = isThere
  ? ((await import(pathToFileURL(program).href)) as Program)
  : { casesBelow: async () => [], runCase: undefined }

describe.runIf(isThere)('what istioctl, Kiali and the API server say of given objects is said, and nothing else', async () => {
  const analyst = createInProcessAnalyst({ cacheBytes: 1 })
  const cases = await casesBelow(join(folder, 'analyze'))
  it.skip.each(cases.flatMap(({ id }) => (id in disputed ? [{ id, why: disputed[id] }] : [])))('left out: $id, since $why', () => undefined)
  it.each(cases.filter(({ id }) => !(id in disputed)))('in $id', async (given) => {
    const compared = await runCase?.(given, async (upload) => valueOf(await analyst.validate(upload, Date.now())))
    const { failure, missed = [], extra } = compared ?? {}
    expect({ failure, missed: missed.filter(isSaid), extra }).toEqual({ failure: undefined, missed: [], extra: [] })
  })
})

it.skipIf(isThere)('left out: CONFORMANCE names no folder with what other tools expect', () => undefined)
