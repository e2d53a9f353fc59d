import Type, { type Static, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { isReliableUrl } from '#access/is-reliable-url'
import { contradictionIn } from './contradiction-in.js'
import { isLoopback } from './is-loopback.js'
import { maskedUrl } from './masked-url.js'
import { statedHost } from './http/stated-host.js'
import { otlpEnvironment } from './otlp/otlp-environment.js'

const mebibyte = 1024 ** 2
const milliseconds = (preset: number, description: string) => Type.Integer({ minimum: 0, maximum: 3_600_000, default: preset, description })

/** Of whoever says whose tokens are taken. */
const reliableUrl = (description: string) =>
  Type.Optional(
    Type.Refine(Type.String({ shown: 'ADDRESS', description }), isReliableUrl, () => 'must be `https://…`, or on this machine `http://…`'),
  )

/** Every variable that the process reads, with its default; nothing else in src/ looks at the environment. */
export const Environment = Type.Object({
  HOST: Type.String({ minLength: 1, default: '127.0.0.1', description: 'address to listen on; loopback unless stated' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 8080, description: 'port to listen on; 0 takes a free one' }),
  ALLOWED_HOSTS: Type.Array(
    Type.Refine(
      Type.String(),
      (host) => statedHost(host) !== undefined,
      () => 'must be a name or an address',
    ),
    {
      default: [],
      description:
        'names, separated by commas, by which the service may be called besides those of loopback and `HOST`; ports do not count',
    },
  ),
  METRICS_PORT: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 65_535, description: 'port of a listener for `/metrics` alone; absent: with everything else' }),
  ),
  DATABASE_URL: Type.Optional(
    Type.String({ pattern: '^postgres(ql)?://', shown: 'ADDRESS', description: 'a Postgres server; absent: the embedded database' }),
  ),
  DATA_DIR: Type.String({ minLength: 1, default: '.sightline', description: 'where the embedded database lives' }),
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
    default: 'info',
    description: 'least level logged',
  }),
  BODY_LIMIT: Type.Integer({
    minimum: 1024,
    maximum: 1024 * mebibyte,
    default: 64 * mebibyte,
    unit: 'bytes',
    description: 'largest document accepted, such as `64MiB`, or bytes',
  }),
  UPLOADS_LIMIT: Type.Integer({
    minimum: 1024,
    maximum: 16 * 1024 * mebibyte,
    default: 256 * mebibyte,
    unit: 'bytes',
    description:
      'documents that are sent and taken in at once, all together, such as `256MiB`, or bytes; a client has a quarter of it, and one document in any case',
  }),
  ANSWER_LIMIT: Type.Integer({
    minimum: 1024,
    maximum: 1024 * mebibyte,
    default: 16 * mebibyte,
    unit: 'bytes',
    description: 'largest answer given, such as `16MiB`, or bytes; a larger one is refused, saying what to ask for less of',
  }),
  AUTH: Type.Optional(
    Type.Enum(['none', 'token', 'oidc', 'token,oidc'], {
      description:
        'how callers say who they are: by API tokens, by JWTs of an issuer, by either; `none`: nobody is asked, on loopback only. `token` where ADMIN_TOKEN_FILE is set, else `none`',
    }),
  ),
  ADMIN_TOKEN_FILE: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'file of a token that may do everything, 32 characters or more; made, with a new token in it, where there is none',
    }),
  ),
  OIDC_ISSUER: reliableUrl('whose JWTs are taken, as their `iss` says: `https://…`, or on this machine `http://`; without a password'),
  OIDC_AUDIENCE: Type.Optional(Type.String({ minLength: 1, description: 'what their `aud` must name: this service' })),
  OIDC_JWKS_URL: reliableUrl('where its keys are; absent: where its `/.well-known/openid-configuration` says'),
  OIDC_TOPOLOGIES_CLAIM: Type.String({
    minLength: 1,
    default: 'sightline_topologies',
    description: 'the claim with patterns of the topologies that a JWT is for, a list or words; a JWT without it is for all',
  }),
  OIDC_TENANTS_CLAIM: Type.String({
    minLength: 1,
    default: 'sightline_tenants',
    description: 'the claim with the tenants whose things alone its bearer is shown, a list or words',
  }),
  RATE_LIMIT: Type.Integer({
    minimum: 0,
    maximum: 100_000_000,
    default: 60_000,
    description: 'requests that one token, or one subject of the issuer, may send in a minute, to all instances together; 0: any number',
  }),
  AUDIT_DAYS: Type.Integer({
    minimum: 30,
    maximum: 36_500,
    default: 365,
    description: 'how long what was done and refused is kept to be told at `/v1/audit`, in days',
  }),
  INSECURE_OPEN: Type.Boolean({
    default: false,
    description: 'with `AUTH=none`: listen on other addresses than loopback all the same, open to everyone who can reach them',
  }),
  CORS_ORIGINS: Type.Array(Type.String({ pattern: '^(\\*|https?://[^/]+)$' }), {
    default: [],
    description: 'origins, separated by commas, whose pages may call; none unless stated',
  }),
  ANALYSIS_THREADS: Type.Integer({
    minimum: 0,
    maximum: 64,
    default: 0,
    description:
      'threads that answer questions; 0: one less than processors, at least one. Documents are taken in and written out by one more',
  }),
  ANALYSIS_HEAP_MB: Type.Integer({ minimum: 128, maximum: 65_536, default: 2048, description: 'heap of each analysis thread, in MiB' }),
  REQUEST_TIMEOUT_MS: milliseconds(
    30_000,
    'how long a client may take to send a request; a second more for each 16 KiB of its body that have arrived, so that no upload that goes on is cut',
  ),
  QUESTION_TIMEOUT_MS: milliseconds(
    10_000,
    'how long one question may take, waiting for others left out, and how long it may wait for its first turn',
  ),
  DOCUMENT_TIMEOUT_MS: milliseconds(120_000, 'how long taking in one document may take'),
  EVENT_LOOP_DELAY_MS: milliseconds(1_000, 'how far behind the service may be before it turns requests away; 0: any'),
  SHUTDOWN_DELAY_MS: milliseconds(0, 'how long to answer on after saying that it is not ready any more'),
  SHUTDOWN_TIMEOUT_MS: milliseconds(25_000, 'how long requests may take to finish when stopping'),
  GRAPHIQL: Type.Optional(Type.Boolean({ description: 'serve GraphiQL; by default on loopback only' })),
  ...otlpEnvironment,
})
type Environment = Static<typeof Environment>

/** What a variable was called before; a setting that nobody reads any more must not be taken for one that holds. */
const formerNames: readonly (readonly [former: string, name: keyof Environment])[] = [['ANALYSIS_WORKERS', 'ANALYSIS_THREADS']]

const meaningOf = (schema: TSchema & { readonly description?: string }): string => schema.description ?? ''

/** Every variable with what it means, in their order. */
export const settingMeanings: readonly (readonly [name: string, meaning: string])[] = Object.entries(Environment.properties).map(
  ([name, schema]) => [name, meaningOf(schema)],
)

type SettingValue = string | number | boolean | readonly string[]
export type Config = Readonly<Environment> & { readonly AUTH: NonNullable<Environment['AUTH']>; readonly GRAPHIQL: boolean }

let compiled: ReturnType<typeof compile> | undefined
const compile = () => Compile(Environment)
/** Compiled when a configuration is first read: most commands read none. */
const validator = () => (compiled ??= compile())

/** Where the variables come from; nobody else looks. */
export const processEnvironment: Readonly<Record<string, string | undefined>> = process.env

/**
 * The configuration in force, or what is wrong with the environment, a sentence for each variable.
 *
 * `refused`: every variable can be read, and together they are not taken.
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = processEnvironment,
): { readonly config: Config } | { readonly problems: readonly string[]; readonly refused: boolean } {
  const renamed = formerNames.filter(([former]) => (environment[former]?.trim() ?? '') !== '')
  if (renamed.length > 0) {
    return { problems: renamed.map(([former, name]) => `${former} is called ${name} now: set that instead`), refused: false }
  }
  const stated = Object.entries(Environment.properties).flatMap(([name, schema]) => {
    const text = environment[name]?.trim()
    return text === undefined || text === '' ? [] : [[name, readValue(text, schema)] as const]
  })
  const defaults = Object.entries(Environment.properties).flatMap(([name, schema]) =>
    'default' in schema ? [[name, schema.default] as const] : [],
  )
  const values: unknown = Object.fromEntries([...defaults, ...stated])
  if (validator().Check(values)) {
    const AUTH = values.AUTH ?? (values.ADMIN_TOKEN_FILE === undefined ? 'none' : 'token')
    const config = { ...values, AUTH, GRAPHIQL: values.GRAPHIQL ?? isLoopback(values.HOST) }
    const refusal = contradictionIn(config)
    return refusal === undefined ? { config } : { problems: [refusal], refused: true }
  }
  const wrong = new Set(
    validator()
      .Errors(values)
      .map(({ instancePath }) => instancePath.split('/')[1] ?? ''),
  )
  return { problems: [...wrong].map((name) => problemOf(name as keyof Environment, environment)), refused: false }
}

/** An address may hold a password. */
const isSecret = (schema: TSchema): boolean => 'shown' in schema

function problemOf(name: keyof Environment, environment: Readonly<Record<string, string | undefined>>): string {
  const schema: TSchema & { readonly description?: string } = Environment.properties[name]
  const allowed = 'enum' in schema ? `; one of ${(schema.enum as readonly string[]).join(', ')}` : ''
  const value = isSecret(schema) ? 'a value' : `\`${environment[name]}\``
  return `${name} does not accept ${value}: ${schema.description}${allowed}`
}

/** Text as the value that its schema means; text that does not fit stays text, and the schema refuses it. */
function readValue(text: string, schema: TSchema): unknown {
  if (Type.IsArray(schema)) {
    return text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '')
  }
  if (Type.IsBoolean(schema)) return { true: true, '1': true, false: false, '0': false }[text.toLowerCase()] ?? text
  if (!Type.IsInteger(schema)) return text
  const [, digits, unit = ''] = /^(\d{1,15})\s*([KMG]i?B?|B)?$/i.exec(text) ?? []
  if (digits === undefined || (unit !== '' && !('unit' in schema))) return text
  return Number(digits) * 1024 ** ' KMG'.indexOf(unit[0]?.toUpperCase().replace('B', ' ') ?? ' ')
}

/** The configuration as it may be shown: credentials masked. */
export const maskedConfig = (config: Config): Readonly<Record<string, SettingValue>> =>
  Object.fromEntries(
    Object.entries(config).map(([name, value]) => [name, shownValue(Environment.properties[name as keyof Environment], value)]),
  )

function shownValue(schema: TSchema & { readonly shown?: string }, value: SettingValue): SettingValue {
  if (schema.shown === 'NEVER') return '***'
  return schema.shown === 'ADDRESS' && typeof value === 'string' ? maskedUrl(value) : value
}
