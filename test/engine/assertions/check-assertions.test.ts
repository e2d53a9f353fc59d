import { describe, expect, it } from 'vitest'
import { checkAssertions } from '#engine/assertions/check-assertions'
import { snapshotOf } from '../from-yaml.js'

const resources = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'istio-injection': 'enabled' } } },
  ...['client', 'cart'].map((name) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: {
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'app', image: 'app', ports: [{ containerPort: 80 }] }] },
      },
    },
  })),
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'cart', namespace: 'shop' },
    spec: { clusterIP: '10.0.0.1', selector: { app: 'cart' }, ports: [{ name: 'http', port: 80 }] },
  },
]
const from = { cluster: 'west', namespace: 'shop', workload: 'client' }

const check = (...assertions: readonly Readonly<Record<string, unknown>>[]) =>
  checkAssertions(
    snapshotOf(
      `\nclusters: ${JSON.stringify([{ name: 'west', controlPlane: { role: 'PRIMARY' }, resources }])}\nassertions: ${JSON.stringify(
        assertions.map((assertion, position) => ({ name: `a${position}`, from, ...assertion })),
      )}`,
    ),
    0,
  )
const cart = { to: { host: 'cart', port: 80 } }
const nobody = { to: { host: 'nobody.shop.svc.cluster.local', port: 80 } }

describe('what the document’s authors expect', () => {
  it('holds where the verdict is the one expected, and then the answer is not told', () => {
    expect(check({ ...cart, expect: 'REACHABLE' }, { ...nobody, expect: 'UNREACHABLE' })).toEqual([
      { name: 'a0', passed: true, outcome: 'PASSED', verdict: 'REACHABLE', pairs: { checked: 1, failed: 0, undetermined: 0 } },
      { name: 'a1', passed: true, outcome: 'PASSED', verdict: 'UNREACHABLE', pairs: { checked: 1, failed: 0, undetermined: 0 } },
    ])
  })

  it('does not hold of any other verdict, and then the whole answer says why', () => {
    const [result] = check({ ...nobody, expect: 'REACHABLE' })
    expect(result).toMatchObject({ passed: false, verdict: 'UNREACHABLE', expected: 'REACHABLE', trace: { verdict: 'UNREACHABLE' } })
    expect(result?.trace?.steps.at(-1)).toMatchObject({ stage: 'NAME', outcome: 'STOPPED' })
  })

  it('of somebody who does not exist cannot be asked: a problem instead of a verdict, with what was probably meant', () => {
    const [result] = check({ ...cart, from: { ...from, workload: 'clinet' }, expect: 'UNREACHABLE' })
    expect(result).toMatchObject({
      passed: false,
      verdict: null,
      expected: 'UNREACHABLE',
      problem: { code: 'SOURCE_NOT_FOUND', suggestions: ['client'] },
    })
    expect(result).not.toHaveProperty('trace')
  })

  it('is told in the order in which it is written, one that cannot be asked included', () => {
    const results = check(
      { ...cart, expect: 'REACHABLE' },
      { ...cart, from: { ...from, namespace: 'shoop' }, expect: 'REACHABLE' },
      { ...nobody, expect: 'REACHABLE' },
    )
    expect(results.map(({ name, passed }) => [name, passed])).toEqual([
      ['a0', true],
      ['a1', false],
      ['a2', false],
    ])
  })
})
