import { expect, it } from 'vitest'
import { createWork } from '#engine/istiod/expressions/work'
import { statedAttributes } from '#engine/analysis/call/stated-attributes'

it('a question that says nothing of the request leaves everything open', () => {
  expect(statedAttributes({ host: 'reviews', protocol: null, method: null, headers: null })).toEqual({
    headers: {},
    absentHeaders: new Set(),
    work: createWork(),
  })
})

it('headers that are there, those that are not, and what the client speaks are told apart, names in lower case', () => {
  const headers = [
    { name: 'X-User', value: 'ann' },
    { name: 'Authorization', absent: true },
  ]
  expect(statedAttributes({ host: 'reviews', protocol: 'HTTP', method: 'GET', path: '/a', headers })).toEqual({
    protocol: 'HTTP',
    method: 'GET',
    path: '/a',
    headers: { 'x-user': 'ann' },
    absentHeaders: new Set(['authorization']),
    work: createWork(),
  })
})
