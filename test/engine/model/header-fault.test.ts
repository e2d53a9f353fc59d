import { describe, expect, it } from 'vitest'
import { findHeaderFault } from '#engine/model/header-fault'
import { checkAssertions } from '#engine/assertions/check-assertions'
import type { HeaderInput } from '#engine/model/question'
import { snapshotOf } from '../from-yaml.js'

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

it('an assertion whose headers contradict one another cannot be asked, and says why', () => {
  const to = '{ host: cart, port: 80, headers: [{ name: x-user }] }'
  const snapshot = snapshotOf(`
clusters: [{ name: west, resources: [] }]
assertions: [{ name: asked, from: { proxy: { cluster: west, namespace: shop } }, to: ${to}, expect: REACHABLE }]
`)
  expect(checkAssertions(snapshot, 0)).toMatchObject([
    { passed: false, verdict: null, problem: { code: 'PARAMETER_INVALID', message: expect.stringContaining('`x-user`') as string } },
  ])
})
