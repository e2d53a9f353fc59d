import { describe, expect, it } from 'vitest'
import { findFreePort } from '../house/service-process.js'
import { run } from './run-to-end.js'

describe('the demo', () => {
  it('answers one call that arrives and one that does not, serves, and ends with Ctrl-C', async () => {
    const port = await findFreePort()
    const demo = run('dist/demo.js', { PORT: String(port) })
    await demo.until('Serving until Ctrl-C')
    expect(demo.output()).toMatch(/^REACHABLE: .*can reach/m)
    expect(demo.output()).toMatch(/^UNREACHABLE: .*cannot reach/m)
    for (const place of ['/graphiql', '/docs', '/docs/api', '/readyz']) {
      expect(demo.output()).toContain(`http://127.0.0.1:${port}${place}`)
      expect((await fetch(`http://127.0.0.1:${port}${place}`)).status).toBe(200)
    }
    demo.signal('SIGINT')
    expect(await demo.ended).toBe(0)
  }, 90_000)
})
