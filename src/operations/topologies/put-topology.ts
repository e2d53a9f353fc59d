import { admit } from '#access/admit'
import { by } from '#access/by'
import { cleanWords } from '#analyst/analyst'
import type { Compatibility, TopologyAnswer } from '#engine/model/stored/stored-version'
import type { Dependencies } from '../dependencies.js'
import { checkCompatibility } from './check-compatibility.js'
import { checkName } from './name.js'
import { topologySummaryOf } from '../versions/summary-of.js'

export interface TopologyChange {
  readonly description?: string | null | undefined
  readonly compatibility?: Compatibility | null | undefined
}

/** Create a topology, or change what is given of it. */
export async function putTopology(
  { store, caller }: Dependencies,
  name: string,
  { description, compatibility }: TopologyChange,
): Promise<{ readonly topology: TopologyAnswer; readonly created: boolean }> {
  admit(caller, 'putTopology', name)
  checkName('topology', name)
  checkCompatibility(compatibility ?? 'NONE')
  const { words, notes } = cleanWords({ description })
  const change = {
    ...(words.description === undefined ? {} : { description: words.description }),
    ...(compatibility === undefined || compatibility === null ? {} : { compatibility }),
  }
  const put = await store.putTopology(name, change, by(caller, 'putTopology'))
  return { topology: { ...topologySummaryOf(put.topology), warnings: [...notes] }, created: put.created }
}
