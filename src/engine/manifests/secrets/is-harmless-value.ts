import { looksGenerated } from './looks-generated.js'
import type { Suspicion } from './suspicion-of.js'

/** References to variables and members, as shells, Spring, Helm, Envoy, batch files and installers write them; a default in one is a value. */
const reference =
  /\$\{(?:(?:env|ssm|sys|file|vault|secret|secrets|cf):)?[\w./#]{1,100}[:?-]{0,2}\}|\$\([\w.-]{1,100}\)|\$\{\{[^{}]{0,200}\}\}|\$[A-Za-z_]\w{0,100}|\{\{[^{}]{0,500}\}\}|%[A-Z_]+(?:\([\w.:/-]{0,100}\))?%|<[\w .-]{1,60}>|\$\$|(?<=^|\s)@[A-Z_]{2,60}@/g

/** What may stand beside references: schemes and punctuation. */
const beside = /^(?:bearer|basic|token|apikey|digest)?[\s:;,/|"'=.@_-]*$/i

const word =
  /^(?:|true|false|yes|no|on|off|null|nil|none|undefined|string|boolean|integer|number|object|bytes|int|str|required|optional|enabled|disabled|redacted|hidden|masked|removed|\*+|x{3,}|\.{3}|[[\]{}|>]+)$/i
const scheme = /^(?:bearer|basic|digest|token|apikey|negotiate)\s*$/i

/** `/etc/tls/tls.key`, `./token`, `C:\keys\a`, `file:/run/x`, `~/.ssh/id_rsa`: no part of it may look like a value. */
const path = /^(?:file:\/{0,3})?(?:~|\.{0,2}|[A-Za-z]:)?[/\\][\w.@-]+(?:[/\\][\w.@-]+)*[/\\]?$/
const fileName = /^[\w-]{1,60}\.(?:key|pem|crt|cert|cer|pub|p12|pfx|jks|txt|conf|cfg|env|json|ya?ml|toml|ini|properties)$/

/** Where a store of secrets holds it. */
const address =
  /^(?:vault:[\w-]+\/[\w./-]+#[\w.-]+|ref\+\w+:\/\/[\w./#?=&-]+|op:\/\/[\w ./-]+|arn:aws[\w-]*:(?:secretsmanager|ssm|kms):[\w:/+=.@-]+|projects\/[\w-]+\/secrets\/[\w./-]+|@Microsoft\.KeyVault\([^)]*\)|k8s:\/\/[\w./-]+|https:\/\/[\w-]+\.vault\.azure\.net\/[\w./-]+)$/

/** An expression of a program: a call, or a member of what holds settings. */
const expression =
  /^(?:[A-Za-z_][\w.:]*\((?!\s*["'][^"']{8,}["']\s*\)$)|(?:self|this|config|conf|cfg|process|env|os|req|request|ctx|context|settings|args|opts|options|params|vars?|local|data|module|values|secrets|inputs|steps|credentials)(?:[.[]["']?[A-Za-z_][\w]*["']?\]?)+[;,]?$)/i

/** An address has its own secrets, which are looked for in it. */
const link = /^[a-z][a-z\d+.-]*:\/\/\S+$/i

/** Values that are no secrets, whatever their name says: switches, types, masks, references, paths of files. */
export const isHarmlessValue = (value: string): boolean => {
  const text = value.length > 2000 ? value : value.trim()
  if (text.length > 600) return false
  if (word.test(text) || scheme.test(text)) return true
  if (fileName.test(text) || address.test(text) || (path.test(text) && !looksGenerated(text))) return true
  if (expression.test(text) && !looksGenerated(text)) return true
  return text.search(reference) >= 0 && beside.test(text.replaceAll(reference, ''))
}

const objectName = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?[./]){0,4}[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/
const shortWord = /^[A-Za-z][A-Za-z-]{0,24}\d{0,3}$/

/** Of 20 letters and digits in one piece no name consists; those that are generated are short, such as of ReplicaSets. */
const hasLongPiece = (text: string): boolean =>
  text.split(/[./-]/).some((piece) => piece.length > 11 && /\d/.test(piece) && /[a-z]/.test(piece))

const couldBeName = (text: string): boolean => objectName.test(text) && !hasLongPiece(text)

/** Is the value one, by what its name lets suspect? An address is not: what is secret in one is found by its form. */
export const isSecretValue = (suspicion: Suspicion, value: string): boolean => {
  const mayBeName = suspicion === 'UNLESS_NAME' || suspicion === 'UNLESS_WORD'
  if ((mayBeName && couldBeName(value)) || isHarmlessValue(value)) return false
  if (suspicion === 'IF_GENERATED') return looksGenerated(value) && !link.test(value)
  if (suspicion === 'ALWAYS') return !isOpenAddress(value)
  if (suspicion === 'UNLESS_COOKIES') return !value.split(';').every(isOpenCookie)
  const text = value.trim()
  if (isOpenAddress(text) || couldBeName(text)) return false
  return suspicion === 'UNLESS_NAME' || !shortWord.test(text)
}

/** What a probe or a test sends: a name, and words or a reference instead of what a server would have given out. */
const isOpenCookie = (cookie: string): boolean => {
  const [, name, given = ''] = namedCookie.exec(cookie) ?? []
  return name !== undefined && (isHarmlessValue(given) || words.test(given))
}

const namedCookie = /^\s{0,20}([\w.-]{1,100})=([^\s=]{0,200})\s{0,20}$/
const words = /^[a-z]{1,15}(?:[-_.][a-z]{1,15}){0,9}$/

const isOpenAddress = (value: string): boolean => link.test(value) && !looksGenerated(value) && !/:\/\/[^/\s]*@/.test(value)
