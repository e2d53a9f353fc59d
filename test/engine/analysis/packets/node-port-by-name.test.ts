import { expect, it } from 'vitest'
import { answerTo } from '../asking.js'
import { deployment, namespace, service, west, world } from '../calling.js'

const objects = west(
  namespace('plain', {}),
  deployment('plain/client'),
  deployment('shop/web'),
  service('shop/web', { type: 'NodePort', ports: [{ name: 'http', port: 80, nodePort: 30080 }] }),
)

const ask = (home: string, port: number) =>
  answerTo(world({ clusters: { west: objects } }), {
    from: { cluster: 'west', namespace: home, workload: 'client' },
    to: { host: 'web.shop', port },
  })

it.each(['plain', 'other'])('a node port is none of the Service’s own address, from %s', (home) => {
  expect(ask(home, 80).verdict).toBe('REACHABLE')
  const answer = ask(home, 30080)
  expect([answer.verdict, answer.reason]).toEqual(['UNREACHABLE', 'NOT_LISTENING'])
  expect(answer.steps.map(({ message }) => message).join()).toContain(
    'has no port 30080, which is a node port, at addresses of nodes alone: its own is 80',
  )
})
