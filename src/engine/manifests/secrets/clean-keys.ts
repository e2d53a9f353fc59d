import type { TellSecret } from './tell-secret.js'
import { withoutTokens } from './without-tokens.js'

const dashes = '-{4,5} ?'
/** Whoever puts a key on one line may put `_` where a blank was. */
const heading = '[A-Z0-9 _]{0,40}PRIVATE[ _]KEY(?:[ _]BLOCK)? ?-{4,5}'
/** From its heading to its end, or that of the text. */
const privateKeyBlock = new RegExp(`${dashes}BEGIN[ _]${heading}[\\s\\S]*?(?:${dashes}END[ _]${heading}\\n?|$)`, 'gi')
const puttyKey = /PuTTY-User-Key-File-[\s\S]*/g
/** Matched whole: nothing begins in the middle of one. */
const dottedRun = /(?<![\w.-])[\w.-]{16,}/g
const authorization = /\b(bearer|basic|token|splunk|apikey|geniekey|ssws|dpop|negotiate|bot) {1,4}([\w.~+/-]{8,}=*)/gi
const sharedKey = /\b(SharedKey(?:Lite)? [\w-]{1,100}:)[\w+/]{20,}={0,2}/g
const passwordHash =
  /(?<![\w$])\$(?:2[abxy]?\$\d\d\$[\w./]{40,}|(?:apr1|1)\$[\w./]{1,16}\$[\w./]{16,}|(?:5|6|7|y|gy|sha1|scrypt|argon2(?:id|i|d)|pbkdf2(?:-\w{1,10})?|bcrypt-sha256)\$[\w./+=,$-]{20,})|\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|PBKDF2\w{0,8})\}[\w+/$.=-]{16,}|SCRAM-SHA-(?:1|256|512)\$\d{1,9}:[\w+/=$:]{20,}|\b(?:pbkdf2[:_]sha\d{1,3}|scrypt:\d{1,9}:\d{1,9}:\d{1,9}|bcrypt_sha256)[$:][\w$:+/=.-]{20,}/g

const isToken = (run: string): boolean => {
  const parts = run.split('.')
  // The second part of an encrypted one may be empty.
  return parts.some((part, at) => part.startsWith('eyJ') && part.length > 10 && (parts[at + 1] || (parts[at + 2] ?? '')).length >= 8)
}

const isCredential = (scheme: string, credentials: string): boolean => {
  if (scheme === 'basic') return /^[\x20-\x39\x3b-\x7e]*:[\x20-\x7e]*$/.test(Buffer.from(credentials, 'base64').toString('latin1'))
  if (scheme === 'bearer') return credentials.length >= 16 && /[0-9A-Z]/.test(credentials)
  return credentials.length >= 16 && /\d/.test(credentials) && /[A-Za-z]/.test(credentials)
}

const withoutCredentials = (whole: string, scheme: string, credentials: string): string =>
  isCredential(scheme.toLowerCase(), credentials) ? `${scheme} ` : whole

/** The text without private keys, tokens, authorization headers and hashes of passwords, by their forms alone. */
export const cleanKeys = (text: string, tell: TellSecret): string => {
  let clean = text
  const cut = (form: RegExp, kind: Parameters<TellSecret>[0]): void => {
    const kept = clean.replace(form, '')
    if (kept !== clean) tell(kind)
    clean = kept
  }
  if (clean.includes('----')) cut(privateKeyBlock, 'PRIVATE_KEY')
  if (clean.includes('PuTTY-User')) cut(puttyKey, 'PRIVATE_KEY')
  const open = withoutTokens(clean)
  if (open !== clean) tell('TOKEN')
  clean = open
  if (clean.includes('eyJ')) {
    const kept = clean.replace(dottedRun, (run) => (run.includes('eyJ') && isToken(run) ? '' : run))
    if (kept !== clean) tell('TOKEN')
    clean = kept
  }
  if (clean.includes(' ')) {
    const kept = clean.replace(authorization, withoutCredentials).replace(sharedKey, '$1')
    if (kept !== clean) tell('AUTHORIZATION')
    clean = kept
  }
  if (/[${]|SCRAM|pbkdf2|scrypt/.test(clean)) cut(passwordHash, 'PASSWORD_HASH')
  return clean
}
