import { describe, expect, it } from 'vitest'
import { deployment, type Raw, cluster, pod, service, slice, topology } from '../objects.js'
import { droppedOf, walk } from '../walk.js'

const host = 'reviews.shop.svc.cluster.local'
const labels = { app: 'reviews' }
const named = service('reviews', { ports: [{ name: 'http', port: 80, targetPort: 'web' }] })

/** A Deployment with so many replicas, of pods with these containers. */
const scaled = (name: string, replicas: number, spec: Raw = {}): Raw => {
  const written = deployment(name, spec)
  return { ...written, spec: { ...(written['spec'] as Raw), replicas } }
}
const discover = (resources: readonly Raw[], others: readonly Raw[] = []) =>
  walk(topology([cluster('west', [deployment('web'), ...resources], { remoteSecrets: others.map(({ name }) => name) }), ...others]), {
    from: 'west/shop/web',
    host,
    port: 80,
  }).found
const step = (...given: Parameters<typeof discover>) => {
  const found = discover(...given)
  return { ...found.step, dropped: droppedOf(found.dropped), blamed: found.step.because.map(({ kind, name }) => `${kind} ${name}`) }
}

describe('a Service whose pods are scaled to zero', () => {
  it('has no endpoint at all, and the answer says why (EDS-11)', () => {
    const { reason, message, dropped, blamed } = step([service('reviews'), scaled('reviews', 0)])
    expect([reason, dropped, blamed]).toEqual(['NO_ENDPOINTS', [], ['Service reviews', 'Deployment reviews']])
    expect(message).toBe('`reviews.shop.svc.cluster.local:80` has no endpoint, as Deployment `shop/reviews` is scaled to zero')
  })

  it('not even where it publishes addresses that are not ready (EDS-10)', () => {
    const { reason, dropped } = step([service('reviews', { publishNotReadyAddresses: true }), scaled('reviews', 0)])
    expect([reason, dropped]).toEqual(['NO_ENDPOINTS', []])
  })

  it('has the endpoints of other clusters', () => {
    const east = cluster('east', [service('reviews'), deployment('reviews')])
    expect(discover([service('reviews'), scaled('reviews', 0)], [east]).passed).toBe(true)
  })

  it('is told apart from one whose pods are not shown among others', () => {
    const running = pod('web', '10.1.0.9', { app: 'web' })
    const { message } = step([service('reviews'), deployment('reviews'), running])
    expect(message).toBe('`reviews.shop.svc.cluster.local:80` has no endpoint, as Deployment `shop/reviews` has no pods')
  })
})

describe('a Service whose targetPort is a name', () => {
  const ports = (name: string): Raw => ({ containers: [{ name: 'app', image: 'app', ports: [{ name, containerPort: 8080 }] }] })

  it('that no container declares: the pods are there, and give no endpoint (EDS-7)', () => {
    const { reason, message, blamed } = step([named, deployment('reviews', ports('http'))])
    expect([reason, blamed]).toEqual(['NO_ENDPOINTS', ['Service reviews', 'Deployment reviews']])
    expect(message).toBe(
      '`reviews.shop.svc.cluster.local:80` has no endpoint, as the pods that the Service selects are there, but none declares a port `web`',
    )
  })

  it('that a container declares', () => {
    expect(discover([named, deployment('reviews', ports('web'))]).passed).toBe(true)
  })

  it('where a slice without endpoints shows the same', () => {
    const running = pod('reviews-1', '10.1.0.1', labels)
    expect(step([named, running, slice('reviews', [])]).message).toContain('none declares a port `web`')
  })
})

it('a Service that selects nothing has no endpoint in any cluster that is read (EDS-1)', () => {
  expect(step([service('reviews')]).message).toContain(
    'has no endpoint, as its Service selects `app: reviews`, and Deployment `web` has `app: web`',
  )
})
