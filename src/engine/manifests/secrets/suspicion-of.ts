import { trimEndOf } from '../parsing/trim-characters.js'

/**
 * What a name says of the value under it: a secret `ALWAYS`; `UNLESS_COOKIES`, where a list of cookies may stand there, of which none is one; `UNLESS_WORD`, where a mode or an algorithm may stand there as well; `UNLESS_NAME`,
 * where it may be the name of the object that holds the secret; only `IF_GENERATED`, where it looks like made at random.
 */
export type Suspicion = 'ALWAYS' | 'UNLESS_COOKIES' | 'UNLESS_WORD' | 'UNLESS_NAME' | 'IF_GENERATED'

/**
 * Where a name stands: a member of an object, a label, an annotation, a header or query parameter, or a setting (a variable, a key of a ConfigMap, an
 * option, whatever is assigned in a text).
 */
export type NamePlace = 'FIELD' | 'LABEL' | 'ANNOTATION' | 'HEADER' | 'SETTING'

/** How the members of an object are named; `ENCRYPTED`: whatever they are called, they are secrets. */
export type MemberPlace = NamePlace | 'ENCRYPTED'

export type ByPlace = Readonly<Record<NamePlace, Suspicion | undefined>>

/** What the last word of a name, or the last two, call the value. */
interface Noun {
  readonly words: ReadonlySet<string>
  /** Words that end in one of these count as well: `pgpassword`. */
  readonly endings?: RegExp
  /** One of these must stand before; absent: any. */
  readonly after?: ReadonlySet<string>
  /** None of these may stand anywhere before. */
  readonly butNotAfter?: ReadonlySet<string>
  readonly says: ByPlace
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '))

const certain: ByPlace = { FIELD: 'ALWAYS', LABEL: 'UNLESS_NAME', ANNOTATION: 'ALWAYS', HEADER: 'ALWAYS', SETTING: 'ALWAYS' }
const reference: ByPlace = { ...certain, FIELD: 'UNLESS_NAME', ANNOTATION: 'UNLESS_NAME' }
const onlyReference: ByPlace = { ...reference, HEADER: 'UNLESS_NAME', SETTING: 'UNLESS_NAME' }
const mode: ByPlace = {
  FIELD: 'UNLESS_WORD',
  LABEL: 'UNLESS_WORD',
  ANNOTATION: 'UNLESS_WORD',
  HEADER: 'ALWAYS',
  SETTING: 'UNLESS_WORD',
}
const generated: ByPlace = { FIELD: undefined, LABEL: undefined, ANNOTATION: undefined, HEADER: 'IF_GENERATED', SETTING: 'IF_GENERATED' }

/** Of amounts, pages and vocabularies. */
const countedTokens = set(
  'max min num total prompt completion input output context count stop eos bos pad sep unk mask next page continuation sync design checksum',
)
const throughput = set('proxy fastcgi grpc uwsgi scgi memcached by high low band all first single multi checksum')
/** Keys of maps, tables and objects, which stand in everybody's sight, and public ones. */
const openKeys = set(
  'public publishable site partition sort primary foreign label annotation taint toleration finalizer selector topology map row column group cache hash routing idempotency dedup deduplication object index lookup config metric tag message feature checksum',
)

/** The one table of names; the first line that fits decides. */
const nouns: readonly Noun[] = [
  { words: set('pass'), butNotAfter: throughput, says: certain },
  {
    words: set('pwd pw pswd psw mnemonic psk'),
    endings: /(?:password|passwd|passphrase|passcode|passwort|requirepass|masterauth|masterpass|rootpass|userpass|dbpass|bindpw|rootpw)s?$/,
    butNotAfter: set('checksum'),
    says: certain,
  },
  { words: set('tokens'), endings: /token$/, butNotAfter: countedTokens, says: certain },
  { words: set('phrase code codes'), after: set('seed recovery backup unseal'), says: certain },
  {
    words: set('secret secrets'),
    after: set('client shared consumer hmac jwt app application oauth oidc signing session cookie encryption cron turn'),
    says: certain,
  },
  {
    words: set('secret secrets'),
    after: set('image pull pulls tls ssl cert certificate existing ca registry ref external imagepull'),
    says: onlyReference,
  },
  { words: set('clientsecret appsecret sharedsecret consumersecret jwtsecret'), says: certain },
  { words: set('secret secrets'), endings: /secret$/, butNotAfter: set('checksum'), says: reference },
  { words: set('apikey apikeys accesskey privatekey signingkey encryptionkey accountkey masterkey sharedkey authkey'), says: certain },
  {
    words: set('key keys'),
    after: set(
      'api access private signing signature encryption decryption cipher crypto shared preshared account master jwt hmac session ssh rsa ecdsa ed storage function functions subscription license licence deploy integration ingest ingestion webhook vapid fcm stripe sendgrid mailgun twilio datadog openai anthropic wireguard age gpg pgp totp ticket unseal client cookie token',
    ),
    butNotAfter: openKeys,
    says: certain,
  },
  {
    words: set('key keys secretkey'),
    after: set(
      'secret auth authorization authentication tls ssl ca server host root admin app application service user team project push bot',
    ),
    butNotAfter: openKeys,
    says: reference,
  },
  { words: set('secretkey'), says: reference },
  { words: set('key keys'), butNotAfter: openKeys, says: generated },
  { words: set('rsa dsa ecdsa ed'), after: set('id'), says: certain },
  { words: set('credential credentials creds cred'), says: reference },
  { words: set('pat sas otp totp'), says: { ...mode, SETTING: 'ALWAYS' } },
  { words: set('cookie cookies'), says: { ...mode, HEADER: 'UNLESS_COOKIES' } },
  { words: set('auth authorization hmac jwt bearer sessionid jsessionid phpsessid sid'), says: mode },
  { words: set('basic'), after: set('auth'), says: mode },
  { words: set('id'), after: set('session'), says: { ...generated, HEADER: 'ALWAYS' } },
  { words: set('sig signature'), says: { ...generated, HEADER: 'ALWAYS' } },
  { words: set('hex'), after: set('secret key'), says: certain },
]

/** Say how a value is written, or which one it is, at the end of a name: `password-hex`, `tls-key-pem`, `TOKEN_PROD`. */
const forms = set(
  'hex base b enc encoded encrypted plain plaintext clear cleartext raw value val str literal data json pem der old new current previous prev prod production dev staging stage local hash hashed bytes v env override main backup secondary primary',
)

const fits = ({ words, endings, after, butNotAfter }: Noun, before: readonly string[], last: string): boolean =>
  (words.has(last) || endings?.test(last) === true) &&
  (after === undefined || after.has(before.at(-1) ?? '')) &&
  (butNotAfter === undefined || !before.some((word) => butNotAfter.has(word)))

/** No longer name is looked at whole: what it is about stands at its end. */
const longest = 160

/**
 * The words of a name, in lower case and without numbers: `X-Api-Key`, `x_api_key` and `xApiKey1` are `x`, `api`, `key`; of
 * `request.headers[x-api-key]` only what the brackets hold.
 */
const wordsOfName = (name: string): readonly string[] => {
  const end = name.length > longest ? name.slice(-longest) : name
  const inner = /\[["']?([^[\]"']+)["']?\]$/.exec(end)?.[1] ?? end
  return inner
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .map((word) => trimEndOf(word, '0123456789'))
    .filter((word) => word !== '')
}

const read = (name: string): ByPlace | undefined => {
  const words = [...wordsOfName(name)]
  while (words.length > 1 && forms.has(words.at(-1) ?? '')) words.pop()
  const last = words.pop()
  return last === undefined ? undefined : nouns.find((noun) => fits(noun, words, last))?.says
}

/** Most names hold none of these. */
export const nameStem =
  /pass|pwd|pw|psw|token|secret|key|cred|auth|cookie|phrase|code|hmac|jwt|bearer|mnemonic|psk|pat|sas|otp|sid|sess|sig|rsa|ed|basic/i

/** What the name says of the value that stands under it, by where it stands; undefined: nothing. */
export const namesWhat = (name: string): ByPlace | undefined =>
  nameStem.test(name.length > 200 ? name.slice(-200) : name) ? read(name) : undefined

/** Names in texts repeat, so answers are kept, up to a bound. */
const known = new Map<string, ByPlace>()
const nothing: ByPlace = { FIELD: undefined, LABEL: undefined, ANNOTATION: undefined, HEADER: undefined, SETTING: undefined }

export const suspicionOf = (name: string, place: NamePlace): Suspicion | undefined => {
  const found = known.get(name)
  if (found !== undefined) return found[place]
  const says = namesWhat(name) ?? nothing
  if (known.size < 20_000 && name.length < 100) known.set(name, says)
  return says[place]
}

/** Members that hold the value of what stands above or beside them, and those that hold a part or a pattern of it. */
const whole =
  /^(?:values?|notvalues|literal|plain|plaintext|text|raw|content|data|list|exact|exact_?match|string_?value|inline_?(?:string|bytes)|inline)$/i
const partial =
  /^(?:regex|regex_?match|safe_?regex|safe_?regex_?match|prefix|prefix_?match|suffix|suffix_?match|contains|contains_?match)$/i

export const carrying: readonly RegExp[] = [whole, partial]

/** What a member of this name lets suspect below a name that says `ALWAYS`; undefined: it carries no value. */
export const carries = (name: string): Suspicion | undefined =>
  whole.test(name) ? 'ALWAYS' : partial.test(name) ? 'IF_GENERATED' : undefined
