import { describe, expect, it } from 'vitest'
import { answerTo } from '../asking.js'
import { type Manifest, service, west, world } from '../calling.js'

const set = (spec: Manifest = {}): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { namespace: 'shop', name: 'db' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'db' } },
    template: { metadata: { labels: { app: 'db' } }, spec: { serviceAccountName: 'db', containers: [{ name: 'app', image: 'db' }] } },
    ...spec,
  },
})
const headless = service('shop/db', { clusterIP: 'None' })
const ask = (objects: readonly Manifest[], host: string) =>
  answerTo(world({ clusters: { west: west(...objects) } }), {
    from: { cluster: 'west', namespace: 'shop', workload: 'client' },
    to: { host, port: 80 },
  })

describe('pods of a StatefulSet of which only the set is given', () => {
  const single = (pod: string, more: Manifest = {}) =>
    service(`shop/${pod}`, { selector: { 'statefulset.kubernetes.io/pod-name': pod, ...more } })

  it('stand one by one behind Services of their own', () => {
    expect(ask([set(), single('db-1')], 'db-1').verdict).toBe('REACHABLE')
    expect(ask([set(), single('db-1', { app: 'db' })], 'db-1').verdict).toBe('REACHABLE')
    expect(ask([set(), single('db-2')], 'db-2').reason).toBe('NO_ENDPOINTS')
    expect(ask([set(), single('db-1', { app: 'other' })], 'db-1').reason).toBe('NO_ENDPOINTS')
    expect(ask([set({ ordinals: { start: 2 } }), single('db-2')], 'db-2').verdict).toBe('REACHABLE')
  })

  it('have names under the Service that the set names, and it is said where that is another (DNS-4)', () => {
    expect(ask([set({ serviceName: 'db' }), headless], 'db-1.db').verdict).toBe('REACHABLE')
    const other = ask([set({ serviceName: 'pods' }), headless], 'db-1.db')
    expect(other.reason).toBe('NAME_NOT_RESOLVED')
    expect(other.summary).toContain('StatefulSet `db` names Service `pods` in `serviceName`')
    expect(ask([set(), headless], 'db-1.db').summary).toContain('names no Service in `serviceName`')
  })

  it('have none under a Service with an address of its own (DNS-4)', () => {
    const answer = ask([set({ serviceName: 'db' }), service('shop/db')], 'db-1.db')
    expect(answer.reason).toBe('NAME_NOT_RESOLVED')
    expect(answer.summary).toContain('only headless Services give names to their pods')
  })
})
