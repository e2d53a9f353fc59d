import { describe, expect, it } from 'vitest'
import { isDate, isMoment } from '#engine/model/moment'

describe('a day of the calendar', () => {
  it.each([
    ['2026-01-31', true],
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-04-31', false],
    ['2026-00-10', false],
    ['2026-13-01', false],
    ['2026-1-31', false],
    ['26-01-31', false],
    ['2026-01-31T00:00:00Z', false],
    ['', false],
  ])('is `%s`: %s', (text, expected) => expect(isDate(text)).toBe(expected))
})

describe('a moment of RFC 3339', () => {
  it.each([
    ['2026-01-31T12:00:00Z', true],
    ['2026-01-31t12:00:00z', true],
    ['2026-01-31 12:00:00Z', true],
    ['2026-01-31T12:00:00.125+02:00', true],
    ['2026-01-31T23:59:59-11:30', true],
    ['2026-01-31T24:00:00Z', false],
    ['2026-01-31T12:60:00Z', false],
    ['2026-02-30T12:00:00Z', false],
    ['2026-01-31T12:00:00', false],
    ['2026-01-31T12:00Z', false],
    ['2026-01-31', false],
    ['now', false],
  ])('is `%s`: %s', (text, expected) => expect(isMoment(text)).toBe(expected))
})
