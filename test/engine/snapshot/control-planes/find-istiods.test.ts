import { describe, expect, it } from 'vitest'
import { findIstiods, normalRevision, servedElsewhere } from '#engine/snapshot/control-planes/find-istiods'
import { referencesOf } from '#engine/snapshot/references'
import { readOne } from '../../resources/read-one.js'

interface Written {
  readonly image?: string
  readonly env?: Readonly<Record<string, string>>
  readonly labels?: Readonly<Record<string, string>>
}

const found = ({ image = 'istio/pilot:1.30.1', env = {}, labels = {} }: Written) => {
  const container = { name: 'discovery', image, env: Object.entries(env).map(([name, value]) => ({ name, value })) }
  const deployment = { metadata: { name: 'istiod' }, spec: { template: { metadata: { labels }, spec: { containers: [container] } } } }
  return findIstiods(readOne('apps', 'Deployment', JSON.stringify(deployment)), referencesOf('west'))[0]
}

describe('an istiod among the objects', () => {
  it.each([
    ['docker.io/istio/pilot:1.30.1', '1.30.1'],
    ['istio/pilot:v1.30.1-distroless', '1.30.1'],
    ['istio/pilot:1.31', '1.31'],
    ['localhost:5000/istio/pilot:1.30.1', '1.30.1'],
    ['istio/pilot:1.30.1@sha256:1234', '1.30.1'],
    ['istio/pilot@sha256:1234', undefined],
    ['istio/pilot:latest', undefined],
    ['istio/pilot', undefined],
  ])('of image %s is of release %s', (image, version) => expect(found({ image })?.version).toBe(version))

  it.each<[string, Written, string]>([
    ['nothing', {}, ''],
    ['its environment', { env: { REVISION: '1-30' } }, '1-30'],
    ['its environment before its label', { env: { REVISION: '1-30' }, labels: { 'istio.io/rev': 'other' } }, '1-30'],
    ['its label', { labels: { 'istio.io/rev': '1-30' } }, '1-30'],
    ['the word default, which is the default one (MODEL-18)', { env: { REVISION: 'default' }, labels: { 'istio.io/rev': '1-30' } }, ''],
    ['an empty environment', { env: { REVISION: '' } }, ''],
  ])('is of the revision of %s', (_title, written, revision) => expect(found(written)?.revision).toBe(revision))

  it('serves another listed cluster where its cluster ID names that one (TOPO-2, MODEL-24)', () => {
    const clusters = new Map([
      ['west', 1],
      ['ext', 1],
    ])
    const of = (id?: string) => servedElsewhere(found(id === undefined ? {} : { env: { CLUSTER_ID: id } }), 'ext', clusters)
    expect([of('west'), of('ext'), of('Kubernetes'), of()]).toEqual(['west', undefined, undefined, undefined])
    expect(servedElsewhere(undefined, 'ext', clusters)).toBeUndefined()
  })

  it('has no other name for the default revision', () => {
    expect([undefined, '', 'default', 'Default', 'r'].map(normalRevision)).toEqual(['', '', '', 'Default', 'r'])
  })
})
