import { describe, expect, it } from 'vitest'
import type { Upload } from '#analyst/analyst'
import { operator } from '#access/operator'
import { createInProcessAnalyst } from '#analyst/in-process'
import { openDocument } from '#operations/documents/open-document'
import { openForQuestions } from '#operations/documents/open-for-questions'
import { askReachability } from '#operations/questions/ask-reachability'
import { roomOf } from '#engine/model/answer-too-large'
import { reportVersion } from '#operations/documents/report-version'

const text = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop, labels: { z: '1', a: '2' } }
spec: { selector: { app: reviews }, ports: [{ port: 80, name: http }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: client, namespace: shop }
spec: { selector: { matchLabels: { app: client } }, template: { metadata: { labels: { app: client } } } }
---
apiVersion: v1
kind: Secret
metadata: { name: key, namespace: shop }
data: { password: aHVzaA== }
`

const upload = (): Upload => ({ body: new TextEncoder().encode(text), mediaType: 'application/yaml', name: 'shop.yaml', cluster: 'west' })
/** Of what stores an answer, a field has the line of its object. */
const withoutFieldLines = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer), (_key, held: unknown) =>
    held !== null && typeof held === 'object' && 'path' in held && held.path !== null ? { ...held, source: null } : held,
  )

const asking = () => ({ analyst: createInProcessAnalyst(), now: () => 0, caller: operator })
const question = { from: { cluster: 'west', namespace: 'shop', workload: 'client' }, to: { host: 'reviews', port: 80 } }

describe('a document that is opened for questions', () => {
  it('answers as it would from its stored content, with the same places of objects', async () => {
    const dependencies = asking()
    const opened = await openForQuestions(dependencies, upload())
    const stored = await openDocument(dependencies, upload())
    const [here, there] = [
      await askReachability(dependencies, opened.content, question),
      await askReachability(dependencies, stored.content, question),
    ]
    expect(withoutFieldLines(here)).toEqual(withoutFieldLines(there))
    expect(JSON.stringify(here)).toContain('"source":{"file":"shop.yaml","line":5}')
    // Where notes are only counted, nobody looks for the line of a field.
    const told = ({ assumedCluster, notes }: Pick<typeof stored, 'assumedCluster' | 'notes'>) => [
      assumedCluster,
      notes.map((note) => ({ ...note, source: null })),
    ]
    expect(told(opened)).toEqual(told(stored))
  })

  it('keeps no secret, and tells of one where it stood', async () => {
    const { notes } = await openForQuestions(asking(), upload())
    expect(notes.map(({ code, source }) => [code, source])).toEqual([['SECRET_REMOVED', { file: 'shop.yaml', line: 15 }]])
    expect(JSON.stringify(notes)).not.toContain('aHVzaA')
  })

  it('is not mistaken for another that was opened before', async () => {
    const dependencies = asking()
    const [first, second] = [await openForQuestions(dependencies, upload()), await openForQuestions(dependencies, upload())]
    expect(first.content.contentHash).not.toBe(second.content.contentHash)
  })

  it('has nothing that could be stored or reported from the store', async () => {
    const dependencies = asking()
    const { content } = await openForQuestions(dependencies, upload())
    await expect(reportVersion(dependencies, content, { form: 'json', program: '', room: roomOf(1024) })).rejects.toThrow(
      'no stored content',
    )
  })
})
