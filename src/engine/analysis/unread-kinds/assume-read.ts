import type { Assumption } from '../../model/step.js'
import type { Missing } from './asked.js'
import { nameMissing } from './leave-open.js'

/** Of a list, which has no verdict to leave open: that it is one of what could be read. */
export const assumeRead = (missing: readonly Missing[]): Assumption[] =>
  missing.length === 0
    ? []
    : [
        {
          code: 'KIND_NOT_READ',
          message: `could not be read and could change this: ${nameMissing(missing)}`,
          because: missing.map(({ ref }) => ref),
        },
      ]
