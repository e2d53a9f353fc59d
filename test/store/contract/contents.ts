// Bodies are bytes, and kept once.
import { by } from '../by.js'
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { contentOf, newVersion } from '../new-version.js'
import type { Subject } from './subject.js'

export function contentsContract({ store, fresh }: Subject): void {
  describe('contents', () => {
    it('of ten megabytes come back byte for byte', async () => {
      const name = fresh()
      const large = contentOf(new Uint8Array(randomBytes(10 * 1024 * 1024 + 1)))
      const [small, empty] = [contentOf('small'), contentOf('')]
      const parts = [
        { cluster: 'west', digest: large.digest, placesDigest: empty.digest },
        { cluster: 'east', digest: small.digest, placesDigest: empty.digest },
      ]
      await store().append(newVersion(name, 'large', { parts, contents: [large, small, empty] }), by)
      const found = await store().readContents([empty.digest, large.digest, small.digest, 'sha256:none'])
      expect(new Set(found.keys())).toEqual(new Set([empty.digest, large.digest, small.digest]))
      for (const { digest, body } of [large, small, empty]) expect(Buffer.compare(found.get(digest) ?? Buffer.from('?'), body)).toBe(0)
    })

    it('are stored once, however many versions share them', async () => {
      const name = fresh()
      const first = newVersion(name, `first in ${name}`)
      expect(await store().knownContents(first.contents.map(({ digest }) => digest))).toEqual(new Set())
      await store().append(first, by)
      // The same digests with other bytes: what is there stays.
      const contents = first.contents.map((content) => ({ ...content, body: new Uint8Array([1]) }))
      await store().append(newVersion(name, 'second', { parts: first.parts, contents }), by)
      const [objects] = first.contents
      expect(Buffer.compare((await store().readContents([objects!.digest])).get(objects!.digest)!, objects!.body)).toBe(0)
    })

    it('hold any text: the header, the message and the author come back as they were given', async () => {
      const name = fresh()
      const text = 'ä 漢 🙂 \u2028 " \\ $1 %s'
      await store().append(newVersion(name, 'text', { header: JSON.stringify({ text }), message: text, author: text }), by)
      expect(await store().findVersion(name, 'latest')).toMatchObject({ header: JSON.stringify({ text }), message: text, author: text })
    })
  })
}
