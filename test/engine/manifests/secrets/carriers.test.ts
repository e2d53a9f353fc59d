import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { removeSecrets } from '#engine/manifests/secrets/remove-secrets'
import { commandCarriers } from './command-carriers.js'
import { lookAlikes } from './look-alikes.js'
import { b64, C } from './manifest-makers.js'
import { nameCarriers } from './name-carriers.js'
import { referenceLookAlikes } from './reference-look-alikes.js'
import { routeCarriers } from './route-carriers.js'
import { serviceCarriers } from './service-carriers.js'
import { settingCarriers } from './setting-carriers.js'
import { textCarriers } from './text-carriers.js'
import { toolCarriers } from './tool-carriers.js'

const carriers = Object.entries({
  ...serviceCarriers,
  ...routeCarriers,
  ...settingCarriers,
  ...toolCarriers,
  ...nameCarriers,
  ...commandCarriers,
  ...textCarriers,
})
const traces = [
  C,
  b64(C).slice(0, 30),
  b64(`ab${C}`).slice(6, 30),
  Buffer.from(C).toString('hex'),
  Buffer.from(C, 'utf16le').toString('base64').slice(8, 30),
]

describe('a secret goes', () => {
  it.each(carriers)('where it stands as %s, and what is left stays', (_, object) => {
    const { value, removed } = removeSecrets(object)
    const kept = JSON.stringify(value)
    for (const trace of traces) expect(kept).not.toContain(trace)
    expect(removed.length).toBeGreaterThan(0)
    expect(removeSecrets(value)).toEqual({ value, removed: [] })
  })

  it('wherever its carrier stands in a document', () => {
    const others = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(fc.string(), fc.integer(), fc.array(fc.string())))
    const whole = fc.tuple(fc.constantFrom(...carriers), others, fc.boolean()).map(([[, carrier], beside, asList]) => ({
      ...beside,
      kind: 'Thing',
      apiVersion: 'example.org/v1',
      spec: { ...beside, items: asList ? [beside, carrier] : { one: carrier } },
    }))
    fc.assert(fc.property(whole, (object) => traces.every((trace) => !JSON.stringify(removeSecrets(object).value).includes(trace))))
  })
})

describe('what is none stays', () => {
  it.each(Object.entries({ ...lookAlikes, ...referenceLookAlikes }))('%s', (_, object) =>
    expect(removeSecrets(object)).toEqual({ value: object, removed: [] }),
  )
})
