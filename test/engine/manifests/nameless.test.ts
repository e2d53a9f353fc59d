import { describe, expect, it } from 'vitest'
import { readDocument } from '#engine/manifests/read-document'
import { stored, taken } from './reading.js'

const read = (...objects: readonly string[]) =>
  taken(readDocument({ body: new TextEncoder().encode(objects.join('---\n')), mediaType: 'application/yaml', cluster: 'west' }))

const names = (...objects: readonly string[]): readonly string[] =>
  stored(read(...objects)).map(({ metadata }) => (metadata as { readonly name: string }).name)

const job = (image: string): string => `apiVersion: batch/v1\nkind: Job\nmetadata: { generateName: load- }\nspec: { image: ${image} }\n`
const operator = (spec: string): string => `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec: ${spec}\n`

describe('an object that states no name', () => {
  it('and has its name generated is kept beside others that begin alike', () => {
    const [first, second] = names(job('a'), job('b'))
    expect(first).toMatch(/^load-[0-9a-f]{5}$/)
    expect(second).toMatch(/^load-[0-9a-f]{5}$/)
    expect(first).not.toBe(second)
  })

  it('has the same name in whatever order it comes', () => {
    expect(read(job('a'), job('b')).contentHash).toBe(read(job('b'), job('a')).contentHash)
    expect(names(job('a'), job('a'))).toHaveLength(1)
  })

  it('keeps a name that it states beside one that was generated', () => {
    expect(names('apiVersion: v1\nkind: Pod\nmetadata: { name: web-1, generateName: web- }\n')).toEqual(['web-1'])
  })

  it('is an installation like others: one has the usual name, or that of its revision', () => {
    expect(names(operator('{ profile: default }'))).toEqual(['installed-state'])
    expect(names(operator('{ revision: canary }'))).toEqual(['installed-state-canary'])
  })

  it('is one of two installations: both are kept, in whatever order', () => {
    const both = names(operator('{ profile: default }'), operator('{ profile: remote }'))
    expect(both.every((name) => /^installed-state-[0-9a-f]{5}$/.test(name))).toBe(true)
    expect(new Set(both).size).toBe(2)
    expect(names(operator('{ profile: remote }'), operator('{ profile: default }'))).toEqual(both)
    expect(names(operator('{}'), operator('{}'))).toEqual(['installed-state'])
  })
})

describe('a placeholder that was never filled in', () => {
  const placeholders = (text: string) =>
    read(text).notes.flatMap(({ code, path, message }) => (code === 'PLACEHOLDER' ? [[path, message.split(' still')[0]]] : []))

  it.each([
    ['apiVersion: v1\nkind: Service\nmetadata: { name: "${NAME}", namespace: shop }\n', 'metadata.name', '`metadata.name`'],
    ['apiVersion: v1\nkind: Service\nmetadata: { name: a, namespace: "{{ ns }}" }\n', 'metadata.namespace', '`metadata.namespace`'],
    [
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: a }\nspec:\n  hosts: ["shop.${DOMAIN}", b]\n  http: [{ route: [{ destination: { host: "{{ .host }}" } }] }]\n',
      'spec.hosts[0]',
      '`spec.hosts[0]`, `spec.http[0].route[0].destination.host`',
    ],
  ])('in a name or a host is a finding: %s', (text, path, told) => expect(placeholders(text)).toEqual([[path, told]]))

  it('is told by the line on which it stands, in a stream and in a list', () => {
    const odd = 'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: a\nspec:\n  hosts:\n  - b\n  - "${HOST}"\n'
    const lines = (text: string) => read(text).notes.map(({ path, source }) => [path, source?.line])
    expect(lines(`apiVersion: v1\nkind: Service\nmetadata: { name: s }\n---\n${odd}`)).toEqual([['spec.hosts[1]', 12]])
    const list = `apiVersion: networking.istio.io/v1\nkind: VirtualServiceList\nitems:\n- ${odd.trimEnd().replaceAll('\n', '\n  ')}\n`
    expect(lines(`${list}- metadata:\n    name: "{{ x }}"\n`)).toEqual([
      ['spec.hosts[1]', 11],
      ['metadata.name', 13],
    ])
  })

  it.each([
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { host: "{{ host }}" }\n',
    'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: a }\nspec: { template: { metadata: { name: "{{name}}" }, host: "{{h}}" } }\n',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { template: { spec: { containers: [{ args: ["${HOST}"] }] } } }\n',
  ])('elsewhere is none: %s', (text) => expect(placeholders(text)).toEqual([]))
})
