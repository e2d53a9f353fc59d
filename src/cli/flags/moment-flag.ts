import type { Flag } from '../command.js'

export const momentFlag: Flag = { takes: 'MOMENT', says: 'the moment asked about, such as `2026-01-31T12:00:00Z`; now unless stated' }
