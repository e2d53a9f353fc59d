import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServiceProcess, startService } from '../house/service-process.js'

const browser = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
/** Left out where there is no browser, unless one is required: then a missing browser is a failure. */
const leftOut = !existsSync(browser) && process.env['REQUIRE_BROWSER'] === undefined

interface Visit {
  readonly page: Page
  /** Everything the page asked of anybody but this service. */
  readonly elsewhere: string[]
  /** What the page complained about: refused by the content security policy, missing, thrown. */
  readonly complaints: string[]
}

describe.skipIf(leftOut)('the pages, in a browser', () => {
  let service: ServiceProcess
  let context: BrowserContext
  const profile = mkdtempSync(join(tmpdir(), 'browser-'))

  beforeAll(async () => {
    service = await startService()
    context = await chromium.launchPersistentContext(profile, {
      executablePath: browser,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
  }, 120_000)

  afterAll(async () => {
    await context?.close()
    await service?.stop()
    rmSync(profile, { recursive: true, force: true })
  })

  async function visit(path: string): Promise<Visit> {
    const page = await context.newPage()
    const elsewhere: string[] = []
    const complaints: string[] = []
    page.on('request', (request) => {
      if (!new RegExp(`^(${service.url}/|data:|blob:)`).test(request.url())) elsewhere.push(request.url())
    })
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(`${service.url}${path}`, { waitUntil: 'networkidle' })
    return { page, elsewhere, complaints }
  }

  it('GraphiQL loads nothing from elsewhere and answers the question it opens with', async () => {
    const { page, elsewhere, complaints } = await visit('/graphiql')
    await page.locator('button[aria-label^="Execute query"]').click()
    await page.locator('.graphiql-response').getByText('topologies').first().waitFor({ timeout: 20_000 })
    expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] })
  }, 60_000)

  it('the REST reference loads nothing from elsewhere and lists the operations', async () => {
    const { page, elsewhere, complaints } = await visit('/docs')
    await page.locator('.opblock').first().waitFor({ timeout: 20_000 })
    expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] })
  }, 60_000)
})
