import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
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

  it('GraphiQL offers three questions about what is stored, and each runs', async () => {
    const document = readFileSync('examples/multiple-networks/topology.yaml')
    const headers = { 'content-type': 'application/yaml' }
    const stored = await fetch(`${service.url}/v1/topologies/multiple-networks/versions`, { method: 'POST', headers, body: document })
    expect(stored.status).toBe(201)
    const { page, elsewhere, complaints } = await visit('/graphiql')
    const addresses = await page.locator('.bar .offered a').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
    expect(addresses).toHaveLength(3)
    for (const [address, answer] of addresses.map(
      (each, index) => [each, ['"REACHABLE"', 'audit.shop', '"TRUSTED"'][index] ?? ''] as const,
    )) {
      await page.goto(`${service.url}${address}`)
      await page.locator('button[aria-label^="Execute query"]').click({ timeout: 20_000 })
      await page.locator('.graphiql-response').getByText(answer).first().waitFor({ timeout: 20_000 })
    }
    expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] })
  }, 120_000)

  it('GraphiQL takes a question and its variables from the address', async () => {
    const asked = new URLSearchParams({
      query: 'query ($name: String!) { topology(name: $name) { head } }',
      variables: '{ "name": "none" }',
    })
    const { page } = await visit(`/graphiql?${asked.toString()}`)
    // The button is there before the editor of variables is: asked too early, the question has none.
    await vi.waitFor(
      async () => {
        await page.locator('button[aria-label^="Execute query"]').click({ timeout: 20_000 })
        await page.locator('.graphiql-response').getByText('"topology": null').waitFor({ timeout: 5_000 })
      },
      { timeout: 50_000 },
    )
  }, 90_000)

  it('the REST reference loads nothing from elsewhere and lists the operations', async () => {
    const { page, elsewhere, complaints } = await visit('/docs/api')
    await page.locator('.opblock').first().waitFor({ timeout: 20_000 })
    expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] })
  }, 60_000)

  it.each([390, 1280])(
    'the pages of the site fit a screen %i wide, load nothing from elsewhere, and run no script',
    async (width) => {
      for (const path of [
        '/',
        '/docs',
        '/docs/start',
        '/docs/topology',
        '/docs/commands',
        '/docs/rules',
        '/docs/examples/single-cluster',
      ]) {
        const { page, elsewhere, complaints } = await visit(path)
        await page.setViewportSize({ width, height: 800 })
        const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
        const scripts = await page.locator('script').count()
        expect({ path, over, scripts, elsewhere, complaints }).toEqual({ path, over: 0, scripts: 0, elsewhere: [], complaints: [] })
        await page.close()
      }
    },
    120_000,
  )

  it('the pages of the site are dark where the reader wants them dark', async () => {
    const { page } = await visit('/docs')
    const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
    await page.emulateMedia({ colorScheme: 'light' })
    const light = await paper()
    await page.emulateMedia({ colorScheme: 'dark' })
    expect([light, await paper()]).toEqual(['rgb(255, 255, 255)', 'rgb(18, 22, 29)'])
  }, 60_000)
})
