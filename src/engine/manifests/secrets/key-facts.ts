import { fileSign, secretsOfFile } from './clean-file.js'
import {
  type ByPlace,
  carries,
  carrying,
  describesOthers,
  type MemberPlace,
  namesWhat,
  nameStem,
  saysOfEach,
  type Suspicion,
} from './suspicion-of.js'

/** How a text is read: as prose, as settings, or as settings where it has several lines. */
export type Style = 'PROSE' | 'SETTINGS' | 'BY_LINES'

/** What the name of a member says of what stands under it. */
export interface KeyFacts {
  /** An item of a list has none. */
  readonly isNamed: boolean
  /** Of its value, by where the name stands. */
  readonly says: ByPlace | undefined
  /** Members of this name hold the value of what stands above or beside them. */
  readonly carries: Suspicion | undefined
  /** What each member of an object of this name is suspected of, whatever it is called. */
  readonly each: Suspicion | undefined
  /** Says of others how they are or where they stand, in an object of which each member may be a secret. */
  readonly describesOthers: boolean
  /** Nothing of the value depends on the name, on one further up, or beside it. */
  readonly isMute: boolean
  /** Holds a default, or a match, of what a name beside it names. */
  readonly isDefault: boolean
  /** Holds the name of what stands beside it. */
  readonly namesOther: boolean
  /** Holds a part of a private key, beside a `kty`. */
  readonly isKeyPart: boolean
  /** How the members of an object of this name are named; undefined: like those beside it. */
  readonly below: MemberPlace | undefined
  readonly isVariable: boolean
  readonly isAddress: boolean
  /** Its text is a program, or settings. */
  readonly isCode: boolean
  /** Its text is prose. */
  readonly isProse: boolean
  /** How its text is read, where it is a field. */
  readonly style: Style
  /** Its items are arguments of a program. */
  readonly isArguments: boolean
  readonly isAnnotations: boolean
  /** `data`, of which an object is made that is a secret, and `literals`, of which a generator makes one. */
  readonly isData: boolean
  readonly isLiterals: boolean
  /** The name of a file whose text has parts. */
  readonly isStructured: boolean
  /** Says of a number that it is one. */
  readonly isPassword: boolean
  /** Nothing about objects and lists of this name depends on it: they are looked at as what is around them. */
  readonly isTransparent: boolean
  /** What holds a secret in its text, where it is the name of a file of a format that says so. */
  readonly inFile: readonly RegExp[]
}

const variable = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/
const code =
  /(?:code|script|config|template|content|values|manifest|userdata|inline_?string|yaml|json|snippet|command)s?$|^(?:run|exec|cmd|entrypoint)$/i
const prose = /^(?:description|message|reason|summary|comment|documentation|help|note|title)$/i
const programArguments = /^(?:args|command|cmd|argv|entrypoint|arguments|extraArgs)$/

/** Members of these names hold an address without its scheme. */
const address = /(?:authority|address|addr|uri|url|endpoint|server|dsn|host|proxy|target|broker)s?$/i

/** Names of others are written like labels. */
const labels = /^(?:\w*labels|\w*names|selectors?|\w+selector)$/i
const annotations = /^\w*annotations$/i
const headers = /^(?:\w*headers|set|add|queryparams|query_parameters|query_params|cookies|requestheadermodifier|responseheadermodifier)$/i
const settings = /^(?:env|envs|environment|variables|vars|proxymetadata|flags|extraargs|extra_args|settings|extraenv)$/i

/** How the members of a member of this name are named; undefined: like those beside it. */
const placeNamed = (key: string): MemberPlace | undefined => {
  if (key === 'encryptedData' || key === 'stringData') return 'ENCRYPTED'
  if (labels.test(key)) return 'LABEL'
  if (annotations.test(key)) return 'ANNOTATION'
  if (headers.test(key)) return 'HEADER'
  return settings.test(key) ? 'SETTING' : undefined
}

const pairedDefault = /^(?:default|default_?value|string_?match)$/i
const nameOfOther =
  /^(?:name|key|id|field|variable|option|property|attribute|header|header_?name|param|parameter|parameter_?(?:key|name))$/i
/** Kept in part, where the whole of another text would be taken for the secret. */
const structured = /\.(?:ya?ml|json|properties|xml|conf|cfg|ini|toml|env|sh|py|js|ts|lua|tf|hcl|md|tpl|tmpl|sql|rb|php)$/i
const password = /(?:pass(?:word|wd|code|phrase)?|pwd|pin)$/i
const keyPart = /^(?:k|d|p|q|dp|dq|qi|oth)$/

/** Of most names: one for all, as a document may have a hundred thousand. */
const nothing: KeyFacts = {
  isNamed: true,
  says: undefined,
  carries: undefined,
  each: undefined,
  describesOthers: false,
  isMute: true,
  isDefault: false,
  namesOther: false,
  isKeyPart: false,
  below: undefined,
  isVariable: false,
  isAddress: false,
  isCode: false,
  isProse: false,
  style: 'BY_LINES',
  isArguments: false,
  isAnnotations: false,
  isData: false,
  isLiterals: false,
  isStructured: false,
  isPassword: false,
  isTransparent: true,
  inFile: [],
}

/** Where none of them is found in a name, nothing is said by it: one look at it takes the place of a dozen. */
const anySign = new RegExp(
  [
    nameStem,
    ...carrying,
    describesOthers,
    pairedDefault,
    nameOfOther,
    keyPart,
    variable,
    code,
    prose,
    programArguments,
    address,
    labels,
    annotations,
    headers,
    settings,
    fileSign,
    structured,
    password,
  ]
    .map(({ source }) => `(?:${source})`)
    .concat('nnotations$', '^(?:data|literals|encryptedData|stringData)$')
    .join('|'),
  'i',
)

type OfValue = 'says' | 'carries' | 'each' | 'isMute' | 'isDefault' | 'isKeyPart' | 'inFile'

/** What it says of a value that stands right under it. */
const readOfValue = (key: string): Pick<KeyFacts, OfValue> => {
  const [says, carried] = [namesWhat(key), carries(key)]
  const [isDefault, isKeyPart] = [pairedDefault.test(key), keyPart.test(key)]
  const each = saysOfEach(key)
  const inFile = fileSign.test(key) ? secretsOfFile(key) : []
  const isMute = says === undefined && carried === undefined && each === undefined && !isDefault && !isKeyPart && inFile.length === 0
  return { says, carries: carried, each, isMute, isDefault, isKeyPart, inFile }
}

const read = (key: string): KeyFacts => {
  if (key !== '' && !anySign.test(key)) return nothing
  const { says, carries: carried, each, isMute, isDefault, isKeyPart, inFile } = readOfValue(key)
  const [isCode, isProse] = [code.test(key), prose.test(key)]
  const [isData, isLiterals] = [key === 'data', key === 'literals']
  const [below, isArguments, isAnnotations] = [placeNamed(key), programArguments.test(key), key.endsWith('nnotations')]
  return {
    isNamed: key !== '',
    says,
    carries: carried,
    each,
    describesOthers: describesOthers.test(key),
    isMute,
    isDefault,
    namesOther: nameOfOther.test(key),
    isKeyPart,
    below,
    isVariable: variable.test(key),
    isAddress: key.length < 200 && address.test(key),
    isCode,
    isProse,
    style: isProse ? 'PROSE' : isCode ? 'SETTINGS' : 'BY_LINES',
    isArguments,
    isAnnotations,
    isData,
    isLiterals,
    isStructured: structured.test(key),
    isPassword: password.test(key),
    // Two names say something of what is below them in some objects alone.
    isTransparent: isMute && below === undefined && !isArguments && !isAnnotations && !isData && !isLiterals,
    inFile,
  }
}

/** Keys repeat, so what they say is kept, up to a bound. */
const known = new Map<string, KeyFacts>()

export const factsOf = (key: string): KeyFacts => {
  const found = known.get(key)
  if (found !== undefined) return found
  const facts = read(key.length > 200 ? key.slice(-200) : key)
  if (known.size < 20_000 && key.length < 100) known.set(key, facts)
  return facts
}
