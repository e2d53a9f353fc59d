import { describe, expect, it } from 'vitest'
import { readDocument } from '#engine/manifests/read-document'

/** What is said of the document as a whole. */
function told(text: string): readonly string[] {
  const read = readDocument({ body: new TextEncoder().encode(text), mediaType: 'application/yaml', name: 'topology.yaml' })
  return 'parts' in read ? [] : (read.details.errors ?? []).map(({ detail }) => detail)
}

describe('a topology without the lines by which one begins', () => {
  const clusters = 'clusters: [{ name: west, resources: [] }]\n'

  it.each([
    [clusters, 'the document lacks `apiVersion`, `kind`: begin it with the lines `apiVersion: sightline/v1` and `kind: Topology`'],
    [`kind: Topology\n${clusters}`, 'the document lacks `apiVersion`: begin it with the line `apiVersion: sightline/v1`'],
    [`apiVersion: sightline/v1\n${clusters}`, 'the document lacks `kind`: begin it with the line `kind: Topology`'],
  ])('is told which to add: %j', (text, expected) => expect(told(text)).toEqual([expected]))

  it('that has them lacks nothing of the kind', () => {
    expect(told(`apiVersion: sightline/v1\nkind: Topology\n${clusters}`)).toEqual([])
    expect(told('apiVersion: sightline/v1\nkind: Topology\n')).toEqual(['the document lacks `clusters`'])
  })
})
