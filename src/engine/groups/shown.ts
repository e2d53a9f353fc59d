import type { Group, GroupRow } from '../model/groups/grouped-calls.js'
import { tellAssumptions, tellConditions } from '../analysis/answer/tell-assumptions.js'
import type { Assumption, ToldAssumption } from '../model/step.js'
import type { Called } from './called.js'
import type { End } from './end.js'
import type { Unit } from './unit.js'

/** What of the answer is told to whoever asks. */
export interface Shown {
  unit(unit: Unit): boolean
  called(called: Called): boolean
  tenant(name: string): boolean
  /** Ends with one key are told as one. */
  end(end: End): Pick<GroupRow, 'conditions' | 'because'> & { readonly key: string }
  /** By which names somebody else than the caller comes to it. */
  readonly otherNames: boolean
  assumptions(all: readonly Assumption[]): readonly ToldAssumption[]
}

/** All of it. */
export const everythingShown: Shown = {
  unit: () => true,
  called: () => true,
  tenant: () => true,
  end: ({ conditions, because, key }) => ({ conditions: tellConditions(conditions), because: [...because], key }),
  otherNames: true,
  assumptions: tellAssumptions,
}

/** Stands for any number of groups that are not shown. */
export const foreignGroup: Group = { kind: 'OUTSIDE_OF_VIEW', cluster: null, namespace: null, name: 'OUTSIDE_OF_VIEW' }
