import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorsThatStopNothing, stopsThatNobodyTells } from '../golden/contradictions.js'
import { snapshotOfPath } from '../golden/read-folder.js'

/** Documents with questions whose answers are known; no part of this project. */
const folder = process.env['CASEBOOK'] ?? ''
const list = join(folder, 'casebook.json')
const isThere = folder !== '' && existsSync(list)

interface Entry {
  readonly document: string
  readonly ask: { readonly trace?: { readonly from: string; readonly to: string; readonly method?: string; readonly path?: string } }
}

const entries = isThere ? (JSON.parse(readFileSync(list, 'utf8')) as readonly Entry[]) : []
const documents = [...new Set(entries.map(({ document }) => document))]

type Trace = NonNullable<Entry['ask']['trace']>

/** `cluster/namespace/workload` calling `host:port`; what is written in other ways is left to those who know all of them. */
function callOf({ from, to, method, path }: Trace) {
  const [, cluster = '', namespace = '', workload = ''] = /^([^/:]+)\/([^/]+)\/([^/]+)$/.exec(from) ?? []
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(to) ?? []
  const asked = { host, method: method ?? null, path: path ?? null, port: port === undefined ? null : Number(port) }
  const call = { from: { cluster, namespace, workload }, to: asked }
  return workload === '' ? [] : [call]
}

const callsOf = (document: string) =>
  entries.flatMap(({ document: one, ask: { trace } }) => (one !== document || trace === undefined ? [] : callOf(trace)))

describe.runIf(isThere).each(documents)('the report and the answers about %s do not contradict each other', (document) => {
  it('a finding that something does not work goes with a call that does not arrive, and a call that is stopped by what a rule describes with its finding', async () => {
    const snapshot = await snapshotOfPath(join(folder, document))
    expect(errorsThatStopNothing(snapshot)).toEqual([])
    expect(stopsThatNobodyTells(snapshot, callsOf(document))).toEqual([])
  })
})

it.skipIf(isThere)('left out: CASEBOOK names no folder of questions with known answers', () => undefined)
