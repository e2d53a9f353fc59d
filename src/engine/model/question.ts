import Type, { type Static } from 'typebox'
import { described } from './topology/described.js'

const strict = { additionalProperties: false }
const optionalText = Type.Optional(Type.Union([Type.String({ maxLength: 2048 }), Type.Null()]))
const optionalBoolean = Type.Optional(Type.Union([Type.Boolean(), Type.Null()]))
/** A text that may be left out. */
export const text = (description: string, ...examples: readonly string[]) => described(optionalText, description, ...examples)

export const NamedValue = Type.Object(
  {
    name: described(Type.String({ maxLength: 512 }), 'Its key.', 'app'),
    value: described(Type.String({ maxLength: 8192 }), 'Its value.', 'client'),
  },
  strict,
)
export type NamedValue = Static<typeof NamedValue>

const NamedValues = Type.Optional(Type.Union([Type.Unsafe<readonly NamedValue[]>(Type.Array(NamedValue, { maxItems: 100 })), Type.Null()]))
const labels = described(NamedValues, 'Labels it has.', [{ name: 'app', value: 'client' }])

/** A proxy described by its metadata instead of by an object of the topology. */
export const ProxyInput = Type.Object(
  {
    cluster: described(Type.String({ maxLength: 253 }), 'The cluster it claims to run in.', 'west'),
    namespace: described(Type.String({ maxLength: 253 }), 'Its namespace.', 'shop'),
    serviceAccount: text('Its service account.', 'client'),
    network: text('Its network (`ISTIO_META_NETWORK`).', 'network1'),
    controlPlane: text('The control plane that configures it.', 'west'),
    revision: text('The revision that injected it.', '1-30'),
    labels,
    dnsCapture: described(optionalBoolean, 'Whether it answers DNS queries (`ISTIO_META_DNS_CAPTURE`).', true),
  },
  strict,
)
export type ProxyInput = Static<typeof ProxyInput>

/**
 * Who calls. `cluster` and `namespace` are required unless `outside`, `gateway` (`cluster/namespace/name`) or `proxy` is given.
 *
 * `outside`: a client outside of every cluster, whose calls enter by the gateways that take the host.
 */
export const SourceInput = Type.Object(
  {
    outside: described(
      Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
      'A client outside of every cluster: its calls enter by the gateways that take the host.',
      true,
    ),
    cluster: text('The cluster it runs in.', 'west'),
    namespace: text('Its namespace.', 'shop'),
    workload: text(
      'The name of its Deployment, StatefulSet, Job …, `Kind/name`, or a pod’s own name. Absent: every workload that matches the rest.',
      'client',
      'Deployment/client',
    ),
    serviceAccount: text('Its service account.', 'client'),
    labels,
    gateway: text('A gateway instead of a workload: `cluster/namespace/name`.', 'west/istio-system/istio-ingressgateway'),
    proxy: described(Type.Optional(Type.Union([ProxyInput, Type.Null()])), 'A proxy that no object describes, instead of a workload.', {
      cluster: 'west',
      namespace: 'shop',
    }),
  },
  strict,
)
export type SourceInput = Static<typeof SourceInput>

/** What the client speaks on the connection. SERVER_FIRST: plain bytes of which the server sends the first, as MySQL and SMTP do. */
export const SpokenProtocol = Type.Enum(['HTTP', 'TLS', 'TCP', 'SERVER_FIRST'])
export type SpokenProtocol = Static<typeof SpokenProtocol>

/**
 * A header that the request has, with its `value`, or (`absent`) has not; one that the question does not name is unknown.
 *
 * Which of the two must be stated, and not both: `findHeaderFault`.
 */
export const HeaderInput = Type.Object(
  {
    name: described(Type.String({ maxLength: 512 }), 'Its name, in any case.', 'x-user'),
    value: described(Type.Optional(Type.Union([Type.String({ maxLength: 8192 }), Type.Null()])), 'Its value.', 'ann'),
    absent: described(optionalBoolean, 'The request has no such header; instead of `value`.', true),
  },
  strict,
)
export type HeaderInput = Static<typeof HeaderInput>

/**
 * Whom it calls: a short, partly qualified or full host, and the attributes routing and policies may look at.
 *
 * A token is a header like any other: `authorization` with a value carries one, `authorization` said to be absent excludes it.
 */
export const DestinationInput = Type.Object(
  {
    host: described(
      Type.String({ minLength: 1, maxLength: 253 }),
      'The host: short, partly qualified, full, or an address.',
      'reviews',
      'reviews.shop.svc.cluster.local',
    ),
    port: described(
      Type.Optional(Type.Union([Type.Integer({ minimum: 1, maximum: 65535 }), Type.Null()])),
      'The port. Absent: the only one, else all.',
      9080,
    ),
    protocol: described(
      Type.Optional(Type.Union([SpokenProtocol, Type.Null()])),
      'What the client speaks on the connection; SERVER_FIRST is plain bytes of which the server sends the first. Absent: as the port declares.',
      'HTTP',
    ),
    method: text('The HTTP method. Absent: any, and where the answer depends on it, it says so.', 'GET'),
    path: text('The HTTP path. Absent: any.', '/api/reviews'),
    headers: described(
      Type.Optional(Type.Union([Type.Unsafe<readonly HeaderInput[]>(Type.Array(HeaderInput, { maxItems: 100 })), Type.Null()])),
      'HTTP headers; a token is one of them. One that is not named is unknown.',
      [{ name: 'x-user', value: 'ann' }],
      [{ name: 'authorization', absent: true }],
    ),
  },
  strict,
)
export type DestinationInput = Static<typeof DestinationInput>

/** One side of a trust question: a SPIFFE ID, or namespace and service account; `cluster` says whose CA signs. */
export const IdentityInput = Type.Object(
  {
    cluster: text('The cluster whose certificate authority signs it.', 'west'),
    namespace: text('Its namespace.', 'shop'),
    serviceAccount: text('Its service account.', 'client'),
    spiffeId: text('The whole identity, instead of namespace and service account.', 'spiffe://cluster.local/ns/shop/sa/client'),
  },
  strict,
)
export type IdentityInput = Static<typeof IdentityInput>

/** RFC 3339; the moment at which certificates are judged. Default: the request's time. */
export const Moment = Type.Optional(Type.Union([Type.String({ maxLength: 40 }), Type.Null()]))

export const ReachabilityQuestion = Type.Object(
  {
    from: SourceInput,
    to: DestinationInput,
    at: Moment,
    alsoOpens: described(optionalBoolean, 'Whether remedies say what else they would open.', true),
  },
  strict,
)
export type ReachabilityQuestion = Static<typeof ReachabilityQuestion>

export const VisibilityQuestion = Type.Object(
  {
    from: SourceInput,
    host: optionalText,
    endpoints: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
    first: Type.Optional(Type.Union([Type.Integer({ minimum: 1, maximum: 100 }), Type.Null()])),
    after: optionalText,
  },
  strict,
)
export type VisibilityQuestion = Static<typeof VisibilityQuestion>

export const TrustQuestion = Type.Object({ client: IdentityInput, server: IdentityInput, at: Moment }, strict)
export type TrustQuestion = Static<typeof TrustQuestion>
