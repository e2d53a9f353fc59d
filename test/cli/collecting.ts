import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { meshCluster } from '../collector/clusters.js'
import { writeKubeconfig } from '../collector/kubeconfig.js'
import { type Manifest, type StandIn, startStandIn, status, type Turn } from '../collector/stand-in.js'
import { call, type Called } from './call.js'

const running: StandIn[] = []

export const closeAll = async (): Promise<void> => {
  for (const standIn of running.splice(0)) await standIn.close()
}

export const start = async (terms: Parameters<typeof startStandIn>[0]): Promise<StandIn> => {
  const standIn = await startStandIn(terms)
  running.push(standIn)
  return standIn
}

/** A cluster of which something is answered otherwise. */
export const turned = (turn: Turn, ...words: readonly string[]): Promise<Collected> =>
  collectedOf(meshCluster('west', undefined), turn, ...words)

type Collected = Called & { readonly directory: string; readonly asked: readonly string[] }

export const collectedOf = async (objects: readonly Manifest[], turn: Turn, ...words: readonly string[]): Promise<Collected> => {
  const standIn = await start({ objects, turn })
  const directory = join(mkdtempSync(join(tmpdir(), 'collect-')), 'out')
  const called = await call(['collect', '--kubeconfig', writeKubeconfig({ west: { server: standIn.url } }), '--out', directory, ...words])
  return { ...called, directory, asked: standIn.asked }
}
export const forbidden = { status: 403, body: status(403, 'forbidden') }
