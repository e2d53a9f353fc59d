import { trimEndOf } from '../parsing/trim-characters.js'

/**
 * What a name says of the value under it: a secret `ALWAYS`; `UNLESS_COOKIES`, where a list of cookies may stand there, of which none is one; `UNLESS_WORD`, where a mode or an algorithm may stand there as well; `UNLESS_NAME`,
 * where it may be the name of the object that holds the secret; `UNLESS_KEY`, where it may be that of the key in it; only `IF_GENERATED`, where it looks
 * like made at random.
 */
export type Suspicion = 'ALWAYS' | 'UNLESS_COOKIES' | 'UNLESS_WORD' | 'UNLESS_NAME' | 'UNLESS_KEY' | 'IF_GENERATED'

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
  /** One of these must stand before, of two words with `_` between them; absent: any. */
  readonly after?: ReadonlySet<string>
  /** None of these may stand anywhere before. */
  readonly butNotAfter?: ReadonlySet<string>
  readonly says: ByPlace
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '))

const certain: ByPlace = { FIELD: 'ALWAYS', LABEL: 'UNLESS_WORD', ANNOTATION: 'ALWAYS', HEADER: 'ALWAYS', SETTING: 'ALWAYS' }
/** Annotations name Secrets by what they hold. */
const certainKey: ByPlace = { ...certain, ANNOTATION: 'UNLESS_NAME' }
const reference: ByPlace = { ...certain, FIELD: 'UNLESS_NAME', ANNOTATION: 'UNLESS_NAME' }
const keyReference: ByPlace = { ...reference, FIELD: 'UNLESS_KEY', ANNOTATION: 'UNLESS_KEY' }
const onlyReference: ByPlace = { ...keyReference, HEADER: 'UNLESS_KEY', SETTING: 'UNLESS_KEY' }
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
  'public publishable site partition sort primary foreign label annotation taint toleration finalizer selector topology map row column group cache hash idempotency dedup deduplication object index lookup config metric tag message feature checksum',
)

/** Of these those that no other word makes secret. */
const publicKeys = set('public publishable site label annotation taint column checksum')

/** The one table of names; the first line that fits decides. */
const nouns: readonly Noun[] = [
  { words: set('pass'), butNotAfter: throughput, says: certain },
  {
    words: set('pwd pw pswd psw mnemonic psk passkey'),
    endings:
      /(?:passw(?:or)?d|passwort|kennwort|wachtwoord|senha|contrasena|motdepasse|passphrase|passcode|requirepass|masterauth|(?:store|key|root|user|db|master|admin|bind|login|smtp|mail|ldap|my)pass|(?:bind|root)pw)s?$/,
    butNotAfter: set('checksum'),
    says: certain,
  },
  { words: set('word words phrase phrases'), after: set('pass'), says: certain },
  { words: set('hash hashes hashed sha'), after: set('password passwd passphrase pass pwd double'), says: certain },
  { words: set('id'), after: set('secret root_token'), says: onlyReference },
  { words: set('seed'), after: set('totp otp hd wallet'), says: certain },
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
  {
    words: new Set(),
    endings: /(?:api|access|private|signing|encryption|account|master|shared|auth|license|storage)keys?$/,
    butNotAfter: publicKeys,
    says: certainKey,
  },
  {
    words: set('key keys'),
    after: set(
      'api access private signing signature encryption decryption cipher crypto shared preshared account master jwt hmac session ssh rsa ecdsa ed storage function functions subscription license licence deploy integration ingest ingestion webhook vapid fcm stripe sendgrid mailgun twilio datadog openai anthropic wireguard age gpg pgp totp ticket unseal client cookie token',
    ),
    butNotAfter: publicKeys,
    says: certainKey,
  },
  {
    words: set('key keys secretkey'),
    after: set(
      'secret auth authorization authentication tls ssl ca server host root admin app application service user team project push bot',
    ),
    butNotAfter: publicKeys,
    says: keyReference,
  },
  { words: new Set(), endings: /(?:secret|user|admin)keys?$/, butNotAfter: publicKeys, says: keyReference },
  { words: set('key keys encrypt'), butNotAfter: openKeys, says: generated },
  { words: set('rsa dsa ecdsa ed'), after: set('id'), says: certain },
  { words: set('credential credentials creds cred'), says: reference },
  { words: set('data settings'), after: set('secure secure_json'), says: certain },
  { words: set('pat sas otp totp'), says: { ...mode, SETTING: 'ALWAYS' } },
  { words: set('cookie cookies'), says: { ...mode, HEADER: 'UNLESS_COOKIES' } },
  { words: set('auth authorization hmac jwt bearer sessionid jsessionid phpsessid sid'), says: mode },
  { words: set('basic header headers users'), after: set('auth authorization'), says: mode },
  { words: set('id'), after: set('session'), says: { ...generated, HEADER: 'ALWAYS' } },
  { words: set('sig signature'), says: { ...generated, HEADER: 'ALWAYS' } },
  { words: set('hex'), after: set('secret key'), says: certain },
]

/** Say how a value is written, or which one it is, at the end of a name: `password-hex`, `tls-key-pem`, `TOKEN_PROD`. */
const forms = set(
  'hex base b enc encoded encrypted plain plaintext clear cleartext raw value val str literal data json pem der old new current previous prev prod production dev staging stage local bytes v env override main backup secondary primary',
)

const fits = ({ words, endings, after, butNotAfter }: Noun, before: readonly string[], last: string): boolean =>
  (words.has(last) || endings?.test(last) === true) &&
  (after === undefined || after.has(before.at(-1) ?? '') || after.has(before.slice(-2).join('_'))) &&
  (butNotAfter === undefined || !before.some((word) => butNotAfter.has(word)))

/** What stands under a name that ends in one of these may look like made at random, and is none: it names, finds, or sums up the secret. */
const describing = set(
  'length size count limit ttl age rounds id ids uid uuid kid arn name names ref refs reference file files path paths dir location url uri urls endpoint endpoints host hosts hostname address namespace hash hashes digest checksum sum fingerprint thumbprint sha version revision commit tag issuer audience audiences aud client tenant class regex pattern template username user email realm object objects resource resources bucket provider subject dn selector certificate cert certs crt public model label labels',
)

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

const saidBy = (words: readonly string[]): ByPlace | undefined => {
  const last = words.at(-1)
  return last === undefined ? undefined : nouns.find((noun) => fits(noun, words.slice(0, -1), last))?.says
}

const read = (name: string): ByPlace | undefined => {
  const words = [...wordsOfName(name)]
  const whole = saidBy(words)
  if (whole !== undefined) return whole
  while (words.length > 1 && forms.has(words.at(-1) ?? '')) words.pop()
  return saidBy(words) ?? saidAmid(words, name.includes('/') ? wordsOfName(name.slice(0, name.lastIndexOf('/'))).length : 0)
}

/** Of `TOKEN_GITHUB` and `password-readonly`: what a word in the middle calls a secret is one that looks so. Not of the first words, which are a domain. */
const saidAmid = (words: readonly string[], first: number): ByPlace | undefined => {
  for (let end = words.length - 1; end > first; end--) {
    if (describing.has(words[end] ?? '')) return undefined
    const says = saidBy(words.slice(0, end))
    if (says !== undefined) return weakened(says)
  }
  return undefined
}

const weakened = ({ HEADER, SETTING }: ByPlace): ByPlace => {
  const named = SETTING === 'ALWAYS' ? 'IF_GENERATED' : undefined
  return { FIELD: named, LABEL: undefined, ANNOTATION: named, SETTING: named, HEADER: HEADER === 'ALWAYS' ? 'IF_GENERATED' : undefined }
}

/** Most names hold none of these. */
export const nameStem =
  /pass|pwd|pw|psw|wort|woord|senha|contras|token|secret|key|cred|auth|cookie|phrase|code|hmac|jwt|bearer|mnemonic|psk|pat|sas|otp|seed|sid|sess|sig|rsa|ed|basic|encrypt|secure/i

/** What the name says of the value that stands under it, by where it stands; undefined: nothing. */
export const namesWhat = (name: string): ByPlace | undefined =>
  nameStem.test(name.length > 200 ? name.slice(-200) : name) ? read(name) : undefined

/** Maps of which each member is a secret, and those of which it is where it looks so. */
const surely = /(?:passwords|passwds|passphrases|secure_?(?:json_?)?(?:data|settings))$/i
const likely = /(?:tokens|secrets|credentials|creds|keys)$/i

/** What a map of this name lets suspect in each of its members; undefined: nothing. */
export const saysOfEach = (name: string): Suspicion | undefined => {
  if (surely.test(name)) return 'ALWAYS'
  return likely.test(name) && suspicionOf(name, 'SETTING') !== undefined ? 'IF_GENERATED' : undefined
}

/** Members of such a map that are none. */
export const describesOthers =
  /^(?:type|kind|format|description|title|items|properties|required|enabled|additionalproperties|name|namespace|key|header|existing\w*|\w*(?:name|ref|file|path|url|length|policy|mode|provider|algorithm|ttl))$/i

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

/** Members that hold the value of what stands above or beside them, and those that hold a part or a pattern of it, or what it is called. */
const whole =
  /^(?:(?:raw_?|string_?|parameter_?|header_?|literal_?)?values?|notvalues|literal|plain|plaintext|text|raw|content|data|list|exact|exact_?match|inline_?(?:string|bytes)|inline)$/i
const partial =
  /^(?:regex|regex_?match|safe_?regex|safe_?regex_?match|prefix|prefix_?match|suffix|suffix_?match|contains|contains_?match|key|default|default_?value|examples?)$/i

export const carrying: readonly RegExp[] = [whole, partial]

/** What a member of this name lets suspect below a name that says `ALWAYS`; undefined: it carries no value. */
export const carries = (name: string): Suspicion | undefined =>
  whole.test(name) ? 'ALWAYS' : partial.test(name) ? 'IF_GENERATED' : undefined

/** What a name says of the items of a list: `secrets: [db]` names objects. */
export const ofItems = (name: string, suspicion: Suspicion): Suspicion =>
  suspicionOf(name, 'FIELD') === 'UNLESS_NAME' ? 'UNLESS_NAME' : suspicion
