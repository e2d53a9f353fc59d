import { expect, it } from 'vitest'
import { traceCall } from '#engine/analysis/trace-call'
import { cluster, pod, type Raw, service, slice, topology } from './objects.js'

const answering = (ip: string): readonly Raw[] => [
  service('reviews'),
  pod('reviews-1', ip, { app: 'reviews' }),
  slice('reviews', [{ ip, pod: 'reviews-1' }]),
]
const web = pod('web', '10.1.0.99', { app: 'web' })

it('a cluster without network concerns only the calls that come or go there (NET-1)', () => {
  const told = (network: string | undefined): readonly string[] => {
    const header = network === undefined ? {} : { network }
    const snapshot = topology([
      cluster('west', [web, ...answering('10.1.0.1')], { network: 'n1', remoteSecrets: ['east'] }),
      cluster('east', answering('10.2.0.1'), header),
      cluster('elsewhere', []),
    ])
    const from = { cluster: 'west', namespace: 'shop', workload: 'web' }
    const answer = traceCall(snapshot, { from, to: { host: 'reviews', port: 80 } }, 0)
    if ('problem' in answer) throw new Error(answer.problem.message)
    return answer.assumptions.map(({ code }) => code)
  }
  expect(told(undefined)).toContain('NETWORK_ASSUMED_FLAT')
  expect(told('n1')).not.toContain('NETWORK_ASSUMED_FLAT')
})
