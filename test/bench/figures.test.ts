import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { drive } from '../../bench/drive.js'
import { describeFigure, type Figure } from '../../bench/figure.js'
import { planMesh } from '../../bench/generate/plan.js'
import { generateDocuments } from '../../bench/generated-documents.js'
import { measureSnapshot } from '../../bench/measure-snapshot.js'
import { median } from '../../bench/median.js'

describe('a figure', () => {
  const figure: Figure = { name: 'cost', measured: 4.2, target: 4, holds: 'AT_MOST', detail: '' }

  it('misses above a target that is an upper bound, and passes at it', () => {
    expect(describeFigure(figure)).toMatch(/^MISS/)
    expect(describeFigure({ ...figure, measured: 4 })).toMatch(/^PASS/)
  })

  it('misses below a target that is a lower bound', () => {
    expect(describeFigure({ ...figure, measured: 3.9, holds: 'AT_LEAST' })).toMatch(/^MISS/)
    expect(describeFigure({ ...figure, holds: 'AT_LEAST' })).toMatch(/^PASS/)
  })

  it('is the median of its rounds, which one disturbed round does not move', () => {
    expect(median([3, 1, 900])).toBe(3)
    expect(median([4, 1, 2, 3])).toBe(2.5)
  })
})

describe('the measurements', () => {
  it('take a snapshot’s figures from a small mesh', () => {
    const { document } = generateDocuments(planMesh({ clusters: 2, services: 8, pods: 16, namespaces: 4 }))
    const { figures, bytes } = measureSnapshot(document, 1)
    expect(bytes).toBeGreaterThan(10_000)
    expect(figures.every(({ measured }) => measured > 0)).toBe(true)
  })

  it('send every body once, and count the answers that are errors', async () => {
    const seen: string[] = []
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        seen.push(body)
        const text = body === 'c' ? '{"errors":[]}' : '{"data":{}}'
        response.writeHead(body === 'd' ? 500 : 200, { 'content-length': text.length }).end(text)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      const { port } = server.address() as AddressInfo
      const { failed } = await drive({ port, path: '/', connections: 2, bodies: ['a', 'b', 'c', 'd', 'e'] })
      expect(seen.sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
      expect(failed).toBe(2)
    } finally {
      await new Promise((resolve) => server.close(resolve))
    }
  })
})
