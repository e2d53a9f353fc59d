import { expect, it } from 'vitest'
import { sliceHealth } from '#engine/istiod/endpoints/slice-endpoints'

it.each([
  ['ready absent is healthy', {}, {}, false, 'HEALTHY'],
  ['ready is healthy', { ready: true, terminating: true }, {}, false, 'HEALTHY'],
  ['not ready and not terminating is unhealthy', { ready: false, terminating: false }, {}, false, 'UNHEALTHY'],
  ['a hand-written `ready: false` alone means terminating', { ready: false }, {}, false, 'TERMINATING'],
  ['terminating and serving drains where sessions persist', { ready: false, terminating: true, serving: true }, {}, true, 'DRAINING'],
  ['terminating and no longer serving is terminating', { ready: false, terminating: true, serving: false }, {}, true, 'TERMINATING'],
  ['the draining label wins', { ready: true }, { 'istio.io/draining': 'true' }, false, 'DRAINING'],
] as const)('%s (EDS-8)', (_title, given, labels, sessions, expected) => {
  expect(sliceHealth({ addresses: ['10.0.0.1'], ...given }, labels, sessions)).toBe(expected)
})
