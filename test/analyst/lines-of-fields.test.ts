import { describe, expect, it } from 'vitest'
import type { Upload } from '#analyst/analyst'
import { operator } from '#access/operator'
import { createInProcessAnalyst } from '#analyst/in-process'
import type { ResourceRef } from '#engine/model/resource-ref'
import { openForQuestions } from '#operations/documents/open-for-questions'
import { validateDocument } from '#operations/documents/validate-document'
import { askCallers } from '#operations/questions/ask-callers'
import { askEffectivePolicy } from '#operations/questions/ask-effective-policy'
import { askIsolation } from '#operations/questions/ask-isolation'
import { askReach } from '#operations/questions/ask-reach'
import { askReachability } from '#operations/questions/ask-reachability'
import { askVisibility } from '#operations/questions/ask-visibility'

const workload = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { serviceAccountName: ${name}, containers: [{ name: app, image: example/${name}:1.0 }] }
`

const service = (selector: string) => `apiVersion: v1
kind: Service
metadata:
  name: orders
  namespace: shop
spec:
  selector:
    app: ${selector}
  ports: [{ name: http, port: 8080 }]
`

const policy = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: orders-callers
  namespace: shop
spec:
  selector:
    matchLabels: { app: orders }
  rules:
    - from:
        - source:
            principals: [cluster.local/ns/shop/sa/web]
      to:
        - operation:
            methods: [GET]
`

const strict = `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: default
  namespace: shop
spec:
  mtls:
    mode: STRICT
`

const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { istio-injection: enabled } }\n'

const files = (selector = 'orders'): Readonly<Record<string, string>> => ({
  'namespace.yaml': namespace,
  'workloads.yaml': [workload('web'), workload('orders')].join('---\n'),
  // The policy is the second document of its file.
  'orders.yaml': [service(selector), policy].join('---\n'),
  'strict.yaml': strict,
})

const uploadOf = (texts: Readonly<Record<string, string>>): Upload => ({
  body: new TextEncoder().encode(
    'apiVersion: sightline/v1\nkind: Topology\nnetworks:\n  - name: n1\nclusters:\n  - name: west\n    network: n1\n    resources: [{ include: "*.yaml" }]\n',
  ),
  mediaType: 'application/yaml',
  name: 'topology.yml',
  files: Object.entries(texts).map(([path, text]) => ({ path, body: Buffer.from(text) })),
})

const asking = () => ({ analyst: createInProcessAnalyst(), now: () => 0, caller: operator })
const from = (name: string) => ({ cluster: 'west', namespace: 'shop', workload: name })
const post = { host: 'orders', port: 8080, method: 'POST' }

/** Every place that an answer tells of a field, as `file:line path`. */
function fieldsIn(answer: unknown): ReadonlySet<string> {
  const found = new Set<string>()
  JSON.stringify(answer, (_key, held: unknown) => {
    if (held !== null && typeof held === 'object' && 'source' in held && 'path' in held) {
      const { path, source } = held as ResourceRef
      if (path !== null) found.add(`${source?.file}:${source?.line} ${path}`)
    }
    return held
  })
  return found
}

const methods = 'orders.yaml:25 spec.rules[0].to[0].operation.methods'

describe('an answer over files', () => {
  it('tells of a call the line of the field that refuses it, and of a selector its own', async () => {
    const dependencies = asking()
    const { content } = await openForQuestions(dependencies, uploadOf(files()))
    const denied = await askReachability(dependencies, content, { from: from('web'), to: post })
    expect(denied.reason).toBe('DENIED')
    expect(fieldsIn(denied)).toContain(methods)
    const { content: mistyped } = await openForQuestions(dependencies, uploadOf(files('order')))
    const empty = await askReachability(dependencies, mistyped, { from: from('web'), to: post })
    expect(empty.reason).toBe('NO_ENDPOINTS')
    expect(fieldsIn(empty)).toContain('orders.yaml:7 spec.selector')
  })

  it('tells the lines of a second question too, of the same and of other fields', async () => {
    const dependencies = asking()
    const { content } = await openForQuestions(dependencies, uploadOf(files()))
    for (const name of ['web', 'web', 'orders']) {
      const denied = await askReachability(dependencies, content, { from: from(name), to: post })
      expect(fieldsIn(denied)).toContain(name === 'web' ? methods : 'orders.yaml:22 spec.rules[0].from[0].source.principals')
    }
  })

  it('tells of what is in force, of callers, of reach, of isolation and of what is seen a field by its line', async () => {
    const dependencies = asking()
    const { content } = await openForQuestions(dependencies, uploadOf(files()))
    const service = { host: 'orders.shop', port: 8080 }
    const answers = [
      await askEffectivePolicy(dependencies, content, { of: from('orders') }),
      await askCallers(dependencies, content, { of: service }),
      await askReach(dependencies, content, { of: from('web') }),
      await askIsolation(dependencies, content, { between: [from('web'), from('orders')] }),
      await askVisibility(dependencies, content, { from: from('web') }),
    ]
    // A file begins with its object: a field is never there.
    for (const answer of answers) {
      expect([...fieldsIn(answer)].filter((place) => /^\w+\.yaml:1 /.test(place))).toEqual([])
    }
    expect(fieldsIn(answers[0])).toContain('strict.yaml:8 spec.mtls.mode')
  })

  it('is told in a report on assertions as it is when it is asked', async () => {
    const text =
      '- name: orders takes a POST\n  from: { cluster: west, namespace: shop, workload: web }\n  to: { host: orders, port: 8080, method: POST }\n  expect: REACHABLE\n'
    const report = await validateDocument(asking(), uploadOf(files()), {
      body: new TextEncoder().encode(text),
      mediaType: 'application/yaml',
      name: 'assertions.yaml',
    })
    expect(fieldsIn(report)).toContain(methods)
  })

  it('has the line of the object where its document is too large to be read once more', async () => {
    const dependencies = asking()
    const large = { ...files(), 'orders.yaml': `${service('order')}  externalName: "${'x'.repeat(4 * 1024 * 1024)}"\n` }
    const { content } = await openForQuestions(dependencies, uploadOf(large))
    const empty = await askReachability(dependencies, content, { from: from('web'), to: post })
    expect(fieldsIn(empty)).toContain('orders.yaml:1 spec.selector')
  })
})
