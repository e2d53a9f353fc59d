import { describe, expect, it } from 'vitest'
import { listVisible } from '#engine/analysis/visibility/list-visible'
import { answerTo } from '../asking.js'
import { deployment, namespace, service, world } from '../calling.js'

const snapshot = world({
  clusters: { west: [namespace('shop'), namespace('other'), deployment('shop/client'), service('shop/reviews'), service('other/ratings')] },
})
const from = { cluster: 'west', namespace: 'shop', workload: 'client' }

describe('a name that no service has', () => {
  it.each([
    ['reviws', '`reviews`'],
    ['reviws.shop', '`reviews.shop`'],
    ['ratings', '`ratings.other`'],
    ['reviws.shop.svc.cluster.local', '`reviews.shop.svc.cluster.local`'],
  ])('%s is told with what may have been meant, in the form that was written (DNS-6)', (host, near) => {
    const { summary, reason } = answerTo(snapshot, { from, to: { host, port: 80 } })
    expect(reason).toBe('NAME_NOT_RESOLVED')
    expect(summary).toContain(`did you mean ${near}`)
  })

  it('is listed among what is not seen, with the reason and the services near to it (DNS-6)', () => {
    const seen = listVisible(snapshot, { from, host: 'reviws' })
    if ('problem' in seen) throw new Error(seen.problem.message)
    expect(seen.services).toEqual([])
    expect(seen.hidden.map(({ host, reason, because }) => [host, reason, because.map(({ name }) => name)])).toEqual([
      ['reviws', 'NAME_NOT_RESOLVED', ['reviews']],
    ])
  })
})
