import { describe, expect, it } from 'vitest'
import type { SuppliedFile } from '#engine/manifests/document-text'
import { readDocument } from '#engine/manifests/read-document'
import { stored, taken, yamlDocument } from './reading.js'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const service = (name: string, port = 80): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\nspec: { ports: [{ port: ${port} }] }\n`

const alone = (files: readonly SuppliedFile[]) =>
  readDocument({
    body: bytes('{"apiVersion":"sightline/v1","kind":"Topology","clusters":[{"name":"west"}]}'),
    mediaType: 'application/json',
    isAlone: true,
    files: files.map((file) => ({ ...file, cluster: 'west' })),
    lenient: true,
  })

const including = (resources: string, files: readonly SuppliedFile[]) =>
  readDocument({ body: bytes(yamlDocument(resources)), mediaType: 'application/yaml', files })

describe('a file that is reached in two ways', () => {
  const odd = 'apiVersion: v1\nkind: Service\nmetadata: { name: "${NAME}", namespace: shop }\n'
  const file = (path: string, text: string, linksTo?: string) => ({
    path,
    body: bytes(text),
    ...(linksTo === undefined ? {} : { linksTo }),
  })

  it('is taken once, by its own name, so that nothing of it is told twice', () => {
    const files = [
      file('alias/a.yaml', odd, 'base/a.yaml'),
      file('base/a.yaml', odd),
      file('other/kustomization.yaml', '{}', 'base/kustomization.yaml'),
      file('base/kustomization.yaml', '{}'),
    ]
    const result = taken(alone(files))
    expect(result.notes.map(({ code, source }) => [code, source?.file])).toEqual([['PLACEHOLDER', 'base/a.yaml']])
    expect(result.leftOut.map(({ files: named }) => named)).toEqual([['base/kustomization.yaml']])
    const included = taken(including("      - include: '*/*.yaml'\n", files))
    expect(included.notes.map(({ source }) => source?.file)).toEqual(['base/a.yaml'])
  })

  it('stands where it comes last, as applying it twice would leave it', () => {
    const files = [file('a.yaml', service('a', 1)), file('b.yaml', service('a', 2)), file('c.yaml', service('a', 1), 'a.yaml')].map(
      (one) => ({ ...one, cluster: 'west' }),
    )
    expect(stored(taken(alone(files)))).toMatchObject([{ spec: { ports: [{ port: 1 }] } }])
  })

  it('is taken by the link where an entry includes that alone', () => {
    const files = [file('alias/a.yaml', service('a'), 'base/a.yaml'), file('base/a.yaml', service('a'))]
    const result = including("      - include: 'alias/*.yaml'\n", files)
    expect(taken(result).parts[0]?.places.files).toEqual(['alias/a.yaml'])
  })
})
