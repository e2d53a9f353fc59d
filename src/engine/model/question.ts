import Type, { type Static } from 'typebox'

const strict = { additionalProperties: false }
const optionalText = Type.Optional(Type.Union([Type.String({ maxLength: 2048 }), Type.Null()]))

export const NamedValue = Type.Object({ name: Type.String({ maxLength: 512 }), value: Type.String({ maxLength: 8192 }) }, strict)
export type NamedValue = Static<typeof NamedValue>

const NamedValues = Type.Optional(Type.Union([Type.Unsafe<readonly NamedValue[]>(Type.Array(NamedValue, { maxItems: 100 })), Type.Null()]))

/** A proxy described by its metadata instead of by an object of the topology. */
export const ProxyInput = Type.Object(
  {
    cluster: Type.String({ maxLength: 253 }),
    namespace: Type.String({ maxLength: 253 }),
    serviceAccount: optionalText,
    network: optionalText,
    controlPlane: optionalText,
    revision: optionalText,
    labels: NamedValues,
    dnsCapture: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
  },
  strict,
)
export type ProxyInput = Static<typeof ProxyInput>

/** Who calls. `cluster` and `namespace` are required unless `gateway` (`cluster/namespace/name`) or `proxy` is given. */
export const SourceInput = Type.Object(
  {
    cluster: optionalText,
    namespace: optionalText,
    workload: optionalText,
    serviceAccount: optionalText,
    labels: NamedValues,
    gateway: optionalText,
    proxy: Type.Optional(Type.Union([ProxyInput, Type.Null()])),
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
    name: Type.String({ maxLength: 512 }),
    value: Type.Optional(Type.Union([Type.String({ maxLength: 8192 }), Type.Null()])),
    absent: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
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
    host: Type.String({ minLength: 1, maxLength: 253 }),
    port: Type.Optional(Type.Union([Type.Integer({ minimum: 1, maximum: 65535 }), Type.Null()])),
    protocol: Type.Optional(Type.Union([SpokenProtocol, Type.Null()])),
    method: optionalText,
    path: optionalText,
    headers: Type.Optional(Type.Union([Type.Unsafe<readonly HeaderInput[]>(Type.Array(HeaderInput, { maxItems: 100 })), Type.Null()])),
  },
  strict,
)
export type DestinationInput = Static<typeof DestinationInput>

/** One side of a trust question: a SPIFFE ID, or namespace and service account; `cluster` says whose CA signs. */
export const IdentityInput = Type.Object(
  { cluster: optionalText, namespace: optionalText, serviceAccount: optionalText, spiffeId: optionalText },
  strict,
)
export type IdentityInput = Static<typeof IdentityInput>

/** RFC 3339; the moment at which certificates are judged. Default: the request's time. */
export const Moment = Type.Optional(Type.Union([Type.String({ maxLength: 40 }), Type.Null()]))

export const ReachabilityQuestion = Type.Object({ from: SourceInput, to: DestinationInput, at: Moment }, strict)
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
