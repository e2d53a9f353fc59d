import { describe, expect, it } from 'vitest'
import { call } from './call.js'

const networks = 'examples/multiple-networks'
const from = ['--from', 'west/shop/client']
const trace = (...words: readonly string[]) => call(['trace', networks, ...from, ...words])

describe('a call between networks, as a person is told of it', () => {
  it('says on which leg a step stands, and through which gateway an endpoint is met (NET-15)', async () => {
    const { code, out } = await trace('--to', 'ratings.shop:9080')
    expect(code).toBe(0)
    expect(out.split('\n')[0]).toMatch(/^REACHABLE {2}.*through gateway `203\.0\.113\.20`$/)
    expect(out).toMatch(/^ {2}WAY {13}west\/shop\/client → gateway east\/istio-system\/istio-eastwestgateway → east\/shop\/ratings$/m)
    const { out: all } = await trace('--to', 'ratings.shop:9080', '--verbose')
    expect(all).toMatch(/^ {6}leg 1: west\/shop\/client → gateway east\/istio-system\/istio-eastwestgateway$/m)
    expect(all).toMatch(/^ {6}leg 2: east\/istio-system\/istio-eastwestgateway → east\/shop\/ratings$/m)
    expect(all).not.toContain('leg 3')
    expect(out).toMatch(
      /^ {2}pod:east\/shop\/ratings:9080 {2}east on network2 {2}via 203\.0\.113\.20:15443 {2}100% {3}REACHABLE {2}DELIVERED$/m,
    )
  })

  it('says of no leg before a packet has left: what is found out at the client stands without one', async () => {
    const { out } = await trace('--to', 'ratings.shop:9080', '--verbose')
    const beforeNetwork = out.slice(0, out.indexOf('  NETWORK  '))
    expect(beforeNetwork).toMatch(/^ {2}DISCOVERY/m)
    expect(beforeNetwork).not.toContain('leg ')
  })
})

describe('how a command ends', () => {
  it.each<[string, readonly string[], number]>([
    ['0 for a call that arrives', ['trace', networks, ...from, '--to', 'ratings.shop:9080'], 0],
    ['2 for a port that is no number', ['trace', networks, ...from, '--to', 'ratings.shop:web'], 2],
    ['2 for no destination', ['trace', networks, ...from], 2],
    ['2 for a folder that is not there', ['trace', 'nowhere', ...from, '--to', 'ratings'], 2],
    ['2 for a format that is none', ['visible', networks, ...from, '--format', 'xml'], 2],
    ['2 for a flag of another command', ['visible', networks, ...from, '--fail-on', 'error'], 2],
    ['0 for a service that is seen', ['visible', networks, ...from, '--host', 'ratings.shop'], 0],
    ['0 for a report without faults', ['validate', networks], 0],
    ['2 for a page that is no number', ['visible', networks, ...from, '--first', 'ten'], 2],
    ['2 for one identity alone', ['trust', networks, '--client', 'west/shop/client'], 2],
    ['2 for two servers', ['trust', networks, '--client', 'a/b/c', '--server', 'a/b/c', '--server', 'a/b/d'], 2],
  ])('is %s', async (_title, words, code) => {
    const ended = await call(words)
    expect(ended.code).toBe(code)
    // What goes wrong is told apart from answers, which may be read by a program.
    expect([ended.out === '', ended.err === '']).toEqual(code === 2 ? [true, false] : [false, true])
  })
})

describe('what a proxy is given, as a person is told of it', () => {
  it('is tables below its control plane: ways into networks first, then hosts and targets (NET-6, NET-15)', async () => {
    const { code, out } = await call(['proxy-config', networks, ...from])
    expect(code).toBe(0)
    expect(out).toMatch(/^control plane west {2}1 proxy\n\ngateways\n {2}NETWORK +CLUSTER +ADDRESS\n/)
    expect(out).toMatch(/^ {2}network2 +east +203\.0\.113\.20:15443$/m)
    expect(out).toMatch(/^ {2}ratings\.shop\.svc\.cluster\.local +shop +9080$/m)
    expect(out).toMatch(/^ {2}ratings\.shop\.svc\.cluster\.local:9080 +EDS +203\.0\.113\.20:15443 +0 +\d+ +100% +ISTIO_MUTUAL$/m)
    expect(out).toMatch(/^ {2}ratings\.shop\.svc\.cluster\.local:9080 +outbound\|9080\|\|ratings\.shop\.svc\.cluster\.local +100%$/m)
  })
})
