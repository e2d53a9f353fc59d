import { describe, expect, it } from 'vitest'
import { findHeaderFault } from '#engine/model/header-fault'
import type { HeaderInput } from '#engine/model/question'

const faultOf = (...headers: HeaderInput[]) => findHeaderFault({ host: 'reviews', headers })

describe('headers of a question', () => {
  it.each<readonly HeaderInput[]>([
    [],
    [{ name: 'x-user', value: 'ann' }],
    [{ name: 'x-user', value: '' }],
    [{ name: 'x-user', value: 'ann', absent: false }],
    [{ name: 'x-user', value: null, absent: true }],
    [
      { name: 'x-user', absent: true },
      { name: 'x-other', value: 'ann' },
    ],
  ])('are there with a value, or said to be absent: %j', (...headers) => expect(faultOf(...headers)).toBeUndefined())

  it.each<readonly [string, readonly HeaderInput[]]>([
    ['neither', [{ name: 'x-user' }]],
    ['neither', [{ name: 'x-user', value: null, absent: null }]],
    ['has a `value` and is said to be absent', [{ name: 'x-user', value: '', absent: true }]],
    [
      'as well',
      [
        { name: 'x-user', absent: true },
        { name: 'X-User', value: 'ann' },
      ],
    ],
  ])('are not both, nor neither (%s)', (says, headers) => {
    expect(faultOf(...headers)).toMatchObject({ code: 'HEADER_CONTRADICTORY', pointer: '#/to/headers/0' })
    expect(faultOf(...headers)?.detail).toContain(says)
  })
})
