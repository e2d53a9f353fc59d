import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { call } from '../cli/call.js'

/** Rows of the page's table: the case and where its files are, the question, and what is said of it. */
const row = /^\| \[([^\]]+)\]\(([^)]+)\) \| `sightline ([^`]+)` \| `([A-Z]+)` \| (.+) \|$/gm
const rows = [...readFileSync('docs/answers.md', 'utf8').matchAll(row)].map(
  ([, title = '', file = '', words = '', verdict = '', says = '']) => ({
    title,
    file,
    words: words.split(' '),
    verdict,
    says,
  }),
)

interface Told {
  readonly verdict: string
  readonly summary: string
  readonly remedies: readonly { readonly manifest: string | null }[]
  readonly noRemedy: string | null
  readonly symptom: string | null
  readonly steps: readonly {
    readonly stage: string
    readonly because: readonly { readonly kind: string; readonly path: string | null }[]
  }[]
}

const ask = async (words: readonly string[]): Promise<Told> => JSON.parse((await call([...words, '--format', 'json'])).out) as Told

describe('the table of answers', () => {
  it('has all fifteen cases', () => {
    expect(rows.map(({ title }) => title)).toEqual([
      'typo in a host',
      'typo in a selector',
      'typo in a subset',
      'denied by method',
      'denied by principal',
      'denied by trust domain',
      'TLS mismatch',
      'no root',
      'no gateway',
      'not exported',
      'Sidecar',
      'catch-all missing',
      'waypoint missing',
      'NetworkPolicy',
      'missing input',
    ])
  })

  it.each(rows)('$title: is answered as the page shows, from the files that it leads to', async ({ file, words, verdict, says }) => {
    expect(existsSync(join('docs', file))).toBe(true)
    const answer = await ask(words)
    expect(answer.verdict).toBe(verdict)
    expect(answer.summary).toContain(`: ${says}`)
  })

  it.each(rows)('$title: comes with a remedy, or with the reason why there is none', async ({ words }) => {
    const { remedies, noRemedy } = await ask(words)
    expect(remedies.length > 0 || (noRemedy ?? '').length > 0).toBe(true)
  })

  it.each(rows.filter(({ title }) => !['no root', 'no gateway', 'missing input'].includes(title)))(
    '$title: its first remedy is objects with the command that takes them',
    async ({ words }) => {
      const [first] = (await ask(words)).remedies
      expect(first?.manifest).toMatch(/^# kubectl (apply -f FILE|patch \S+ \S+ -n \S+ --type (merge|json) --patch-file FILE)\n/)
    },
  )

  it.each([
    ['typo in a host', 'ROUTE', 'VirtualService', 'spec.http[0].route[0]'],
    ['typo in a selector', 'DISCOVERY', 'Service', 'spec.selector'],
    ['typo in a selector', 'DISCOVERY', 'Deployment', 'spec.template.metadata.labels'],
    ['typo in a subset', 'DISCOVERY', 'VirtualService', 'spec.http[0].route[0].destination.subset'],
    ['typo in a subset', 'DISCOVERY', 'DestinationRule', 'spec.subsets[0].labels'],
    ['typo in a subset', 'DISCOVERY', 'Deployment', 'spec.template.metadata.labels'],
    ['denied by principal', 'AUTHORIZATION', 'Deployment', 'spec.template.spec.serviceAccountName'],
    ['denied by trust domain', 'AUTHORIZATION', 'ConfigMap', 'data.mesh'],
    ['TLS mismatch', 'TRANSPORT', 'DestinationRule', 'spec.trafficPolicy.tls.mode'],
    ['no gateway', 'NETWORK', 'Cluster', 'network'],
    ['not exported', 'SCOPE', 'Service', 'metadata.annotations["networking.istio.io/exportTo"]'],
    ['Sidecar', 'SCOPE', 'Sidecar', 'spec.egress[0].hosts'],
    ['catch-all missing', 'ROUTE', 'VirtualService', 'spec.http'],
    ['waypoint missing', 'AUTHORIZATION', 'Namespace', 'metadata.labels["istio.io/use-waypoint"]'],
    ['waypoint missing', 'AUTHORIZATION', 'Namespace', 'metadata.labels["istio.io/dataplane-mode"]'],
    ['NetworkPolicy', 'NETWORK_POLICY', 'NetworkPolicy', 'spec.podSelector'],
    ['NetworkPolicy', 'NETWORK_POLICY', 'Namespace', 'metadata.labels'],
    ['missing input', 'AUTHORIZATION', 'Cluster', 'unread[0]'],
  ])('%s: %s names the field of the %s that is at fault', async (title, stage, kind, path) => {
    const { steps } = await ask(rows.find((one) => one.title === title)?.words ?? [])
    const because = steps.filter((step) => step.stage === stage).flatMap((step) => step.because)
    expect(because).toContainEqual(expect.objectContaining({ kind, path }))
  })

  it('names the Service of a subset that picks nobody only where it is at fault', async () => {
    const { steps } = await ask(rows.find((one) => one.title === 'typo in a subset')?.words ?? [])
    const because = steps.filter(({ stage }) => stage === 'DISCOVERY').flatMap((step) => step.because)
    expect(because.map(({ kind }) => kind)).not.toContain('Service')
  })

  it.each(rows.filter(({ verdict }) => verdict === 'UNREACHABLE'))('$title: says what the caller sees', async ({ words }) => {
    expect((await ask(words)).symptom).toMatch(/HTTP [45]\d\d|a connection that/u)
  })

  it('names what keeps a service from the caller above what the call then meets', async () => {
    const { out } = await call(rows.find(({ title }) => title === 'not exported')?.words ?? [])
    expect(out.indexOf('Service shop/payments at metadata.annotations')).toBeLessThan(
      out.indexOf('PeerAuthentication istio-system/default at'),
    )
  })
})
