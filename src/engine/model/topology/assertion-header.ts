import Type, { type Static } from 'typebox'
import { Verdict } from '../verdict.js'
import { AssertionCallers, AssertionServers } from './assertion-side.js'
import { described } from './described.js'
import { Name, strict } from './fields.js'

const opt = Type.Optional
const from = { cluster: 'west', namespace: 'shop', workload: 'client' }
const to = { host: 'reviews.shop', port: 9080 }

const Way = Type.Union([Name, Type.Array(Name, { minItems: 1, maxItems: 20 })])

export const AssertionHeader = described(
  strict({
    name: described(Name, 'What is expected, as a sentence: reports name it.', 'the client reads reviews'),
    from: described(
      AssertionCallers,
      'Who calls: a workload as a question states it, or everybody who is chosen by cluster, namespace, service account, labels or tenant, each of whom is held to it; `"*"`: everybody.',
      from,
      { tenant: 'team-1' },
      '*',
    ),
    to: described(
      AssertionServers,
      'Whom they call: a host, or every Service of those who are chosen, each of which is held to it; `"*"`: every Service.',
      to,
      { namespace: 'team-2' },
      '*',
    ),
    expect: described(opt(Verdict), 'The verdict that is right.', 'REACHABLE', 'UNREACHABLE'),
    via: described(
      opt(Way),
      'What every way that gets through leads through: a gateway (`cluster/namespace/name`, or less of it), a network or a cluster; of a list, all of them.',
      'istio-egress/egressgateway',
    ),
    notVia: described(opt(Way), 'What no way that gets through leads through; of a list, none of them.', 'network2', ['east', 'south']),
    visible: described(opt(Type.Boolean()), 'Whether the callers are given the Service at all.', true),
    trusted: described(opt(Type.Boolean()), 'Whether the identities of callers and servers accept each other in mutual TLS.', true),
    until: described(
      opt(Type.String()),
      'A date or a moment up to which it is expected to fail: from then on a failure counts.',
      '2027-06-30',
      '2027-06-30T12:00:00Z',
    ),
  }),
  'What its owner expects of calls: a verdict, or what is `visible` or `trusted`, at least one of them. Every report checks it for each caller and each host that it means, so that `sightline validate` fails where one does not hold; an assertion that means nobody fails, too.',
  { name: 'the client reads reviews', from, to, expect: 'REACHABLE' },
)
export type AssertionHeader = Static<typeof AssertionHeader>
