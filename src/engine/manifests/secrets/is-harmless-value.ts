import { looksGenerated } from './looks-generated.js'
import type { Suspicion } from './suspicion-of.js'

/** References to variables and members, as shells, Spring, Helm, Argo CD, Envoy, agents, loggers, batch files and installers write them; a default in one is a value. */
const reference =
  /\$\{(?:(?:env|ssm|sys|file|vault|secret|secrets|cf):)?[\w./#]{1,100}[:?-]{0,2}\}|\$\([\w.-]{1,100}\)|\$\{\{[^{}]{0,200}\}\}|\$[A-Za-z_]\w{0,100}(?:[.:-][A-Za-z_]\w{0,100}){0,9}|\$\d{1,2}(?!\w)|\{\{[^{}]{0,500}\}\}|%%[\w.:-]{1,100}%%|%[A-Za-z]{0,10}\{[\w.:-]{1,100}\}[a-z]?|%[A-Za-z](?![\w%])|%[A-Z_]+(?:\([\w.:/-]{0,100}\))?%|<(?:path:)?[\w .:/#|-]{1,100}>|\$\$|(?<=^|\s)@[A-Z_]{2,60}@/g

/** What a shell puts there: the output of a command. What the command itself holds is looked for in it. */
const substitution = /\$\([^()\n]{1,300}\)|`[^`\n]{1,300}`/g

/** What may stand beside references: schemes and punctuation. */
const beside = /^(?:bearer|basic|token|apikey|digest)?[\s:;,/|"'=.@_-]*$/i

const word =
  /^(?:|true|false|yes|no|on|off|null|nil|none|undefined|string|boolean|integer|number|object|bytes|int|str|required|optional|present|absent|missing|invalid|wrong|read|write|enabled|disabled|redacted|hidden|masked|removed|\*+|x{3,}|\.{3}|\$|[[\]{}|>]+)$/i
/** A scheme alone, or with whatever follows it: `Bearer *`, `^Bearer .+$`. */
const scheme = /^\^?(?:bearer|basic|digest|token|apikey|negotiate)(?:\s|\\s)*[+*]?(?:\(?(?:\.|\\S|\[[^\]]{1,30}\])[+*]\)?)?\*?\$?$/i
/** A pattern that takes whatever there is. */
const pattern = /^\^?(?:\(\?[a-z:=!<]{1,3}|[()|?+*./]|\[[^\]\n]{1,60}\]|\\[wdsSWDbB.]|\{\d{1,4},?\d{0,4}\})+\$?$/
/** A sentence about secrets, such as on a form or in a manual. */
const sentence =
  /^(?=(?:optional|required|none|string|enabled|disabled)\b|[^\n]*\b(?:passwords?|passphrase|tokens?|secrets?|keys?|credentials?)\b)[A-Za-z][A-Za-z,.'’?!()-]*(?: [A-Za-z,.'’?!()-]+){1,30}$/i

/** `/etc/tls/tls.key`, `./token`, `C:\keys\a`, `file:/run/x`, `~/.ssh/id_rsa`: no part of it may look like a value. */
const path = /^(?:file:\/{0,3})?(?:~|\.{0,2}|[A-Za-z]:)?[/\\][\w.@-]+(?:[/\\][\w.@-]+)*[/\\]?$/
const fileName =
  /^(?:[\w.-]{1,60}\/){0,9}[\w.-]{1,60}\.(?:key|pem|crt|cert|cer|pub|p12|pfx|jks|txt|conf|cfg|env|json|ya?ml|toml|ini|properties)$/

/** Where a store of secrets holds it. */
const address =
  /^(?:(?:pull)?secret:[\w.-]+\/[\w.-]+(?:#[\w.-]+)?|vault:[\w-]+\/[\w./-]+#[\w.-]+|ref\+\w+:\/\/[\w./#?=&-]+|op:\/\/[\w ./-]+|arn:aws[\w-]*:(?:secretsmanager|ssm|kms):[\w:/+=.@-]+|projects\/[\w-]+\/secrets\/[\w./-]+|@Microsoft\.KeyVault\([^)]*\)|k8s:\/\/[\w./-]+|https:\/\/[\w-]+\.vault\.azure\.net\/[\w./-]+)$/

/** An expression of a program: a call, though not one of a text that may be the secret, or a member of what holds settings. */
const expression =
  /^(?:(?:await |new )?[A-Za-z_][\w.:]*\((?!\s*["'](?![A-Za-z_./:-]{1,100}["'])[^"']{8,}["']\s*\)$)|(?:await|new|async|function|lambda)$|[A-Za-z_]+(?:\.[A-Za-z_]+){2,9}$|(?:self|this|config|conf|cfg|process|env|os|req|request|ctx|context|settings|args|opts|options|params|vars?|local|data|module|values|secrets|inputs|steps|credentials)(?:[.[]["']?[A-Za-z_][\w-]*["']?\]?)+[;,]?$)/i

/** An address has its own secrets, which are looked for in it. */
const link = /^[a-z][a-z\d+.-]*:\/\/\S+$/i

/** What no part of may look like made at random. */
const open: readonly RegExp[] = [path, expression]
const plain: readonly RegExp[] = [word, scheme, pattern, sentence, fileName, address]

/** Values that are no secrets, whatever their name says: switches, types, masks, references, paths of files. */
export const isHarmlessValue = (value: string): boolean => {
  const text = value.length > 2000 ? value : value.trim()
  if (text.length > 600) return false
  if (plain.some((form) => form.test(text)) || isMadeOf(reference, text)) return true
  return (open.some((form) => form.test(text)) || isMadeOf(substitution, text)) && !looksGenerated(text)
}

const isMadeOf = (parts: RegExp, text: string): boolean => text.search(parts) >= 0 && beside.test(text.replaceAll(parts, ''))

const objectName = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?[./]){0,4}[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/
const shortWord = /^_{0,2}[A-Za-z][A-Za-z_-]{0,24}\d{0,3}$/
/** `tls.key`, `DB_PASSWORD`, `dbPassword1`: words, each with a number at its end at most. */
const keyName = /^\.?[A-Za-z]{1,30}\d{0,3}(?:[._-](?:[A-Za-z]{1,30}\d{0,3}|\d{1,3})){0,9}$/

/** Of 20 letters and digits in one piece no name consists; those that are generated are short, such as of ReplicaSets. */
const hasLongPiece = (text: string): boolean =>
  text.split(/[./-]/).some((piece) => piece.length > 11 && /\d/.test(piece) && /[a-z]/.test(piece))

const couldBeName = (text: string): boolean => objectName.test(text) && !hasLongPiece(text)

const maybeNames: ReadonlySet<Suspicion> = new Set(['UNLESS_NAME', 'UNLESS_WORD', 'UNLESS_KEY'])

/** Is the value one, by what its name lets suspect? An address is not: what is secret in one is found by its form. */
export const isSecretValue = (suspicion: Suspicion, value: string): boolean => {
  if ((maybeNames.has(suspicion) && couldBeName(value)) || isHarmlessValue(value)) return false
  if (suspicion === 'IF_GENERATED') return looksGenerated(value) && !link.test(value)
  if (suspicion === 'ALWAYS') return !isOpenAddress(value)
  if (suspicion === 'UNLESS_COOKIES') return !areOpenCookies(value)
  const text = value.trim()
  return !isOpenAddress(text) && !couldBeName(text) && !isOther[suspicion](text)
}

/** What else may stand there. */
const isOther: Readonly<Record<'UNLESS_NAME' | 'UNLESS_WORD' | 'UNLESS_KEY', (text: string) => boolean>> = {
  UNLESS_NAME: () => false,
  UNLESS_KEY: (text) => keyName.test(text),
  UNLESS_WORD: (text) => shortWord.test(text) || areOpenCookies(text),
}

const areOpenCookies = (text: string): boolean => text.split(';').every(isOpenCookie)

/** What a probe or a test sends, or a route is chosen by: a name, and words, a flag or a reference instead of what a server would have given out. */
const isOpenCookie = (cookie: string): boolean => {
  if (cookieAttribute.test(cookie) || cookieNames.test(cookie)) return true
  const [, name, given = ''] = namedCookie.exec(cookie) ?? []
  return name !== undefined && (isHarmlessValue(given) || words.test(given) || /^\d{1,3}$/.test(given))
}

const cookieAttribute =
  /^\s{0,20}(?:(?:path|domain|max-age|expires|samesite|version|priority)=[^;=]{0,100}|httponly|secure|partitioned)?\s{0,20}$/i
/** Which cookies there are: `session,csrf_token`. */
const cookieNames = /^\s{0,20}[a-z]{1,15}(?:[-_.,][a-z]{1,15}){0,9}\s{0,20}$/
/** Stars stand for anything before or after it. */
const namedCookie = /^\s{0,20}\*?([\w.-]{1,100})=([^\s=*]{1,200})\*?\s{0,20}$/
const words = /^[a-z]{1,15}(?:[-_.][a-z]{1,15}){0,9}$/

const isOpenAddress = (value: string): boolean => link.test(value) && !looksGenerated(value) && !/:\/\/[^/\s]*@/.test(value)
