import { encodesSecret } from './encodes-secret.js'
import { isHarmlessValue } from './is-secret-field.js'

// Each expression is linear: runs are matched whole (nothing starts in the middle of one) or stop at the next start.
const privateKeyBlock = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----\n?|$)/g
const otherKeyForms = /AGE-SECRET-KEY-1[A-Z0-9]+|PuTTY-User-Key-File-[\s\S]*/g
const tokenRun = /(?<![\w.-])[\w.-]{16,}/g
const base64Run = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{32,}={0,2}/g
const base64Lines = /(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/]{32,}[ \t]*\r?\n[ \t]*)+[A-Za-z0-9+/]+={0,2}/g
const credentialsInUrl = /(:\/\/)[^\s/@:]*:[^\s/@]+@/g
const authorization = /\b(bearer|basic) {1,4}([\w.~+/-]{8,}=*)/gi
const assignment =
  /(?<![\w.-])(["']?[\w.-]{0,100}?(?:password|passwd|passphrase|pwd|token|client[-_.]?secret|secret[-_.]?key|api[-_.]?key|access[-_.]?key|private[-_.]?key|client-key-data|_auth|"auth|credentials)["']?[ \t]*[:=][ \t]*)("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s"',;{}[\]]+)/gi
/** `curl -u name:password`; numbers are a user and a group. */
const userOption = /(?<![\w-])((?:-u|--user)[ =]{1,4}["']?[^\s:"']{1,100}:)(?!\d+(?:[\s"';&|)]|$))[^\s"']+/g
const wholeSecret = /"?kind"?[ \t]*:[ \t]*"?Secret\b/
const secretData = /\b(?:data|stringData)"?[ \t]*:/
const octetKey = /"kty"\s*:\s*"oct"|"kty"[^{}]*"d"\s*:|"d"\s*:\s*"[^{}]*"kty"/

/** Forms that no name of an object can have: they hold an underscore or capitals, or are long and begin like nothing else. */
const tokenForms: readonly RegExp[] = [
  /^(?:AKIA|ASIA)[A-Z0-9]{16}$/,
  /^AIza[\w-]{30,}$/,
  /^(?:gh[pousr]|npm|hf|dop_v1|whsec|shpat|[sr]k_live|sk_test)_[A-Za-z0-9]{16,}$/,
  /^(?:github_pat_|pypi-AgEI)\w{20,}/,
  /^(?:glpat|gldt|sk-ant|sk-proj)-[\w-]{20,}$/,
  /^xox[abeoprs]-[\w-]{10,}$/,
  /^ya29\.[\w.-]{20,}$/,
  /^hv[sb]\.[\w-]{24,}$/,
  /^SG\.[\w-]{16,}\.[\w-]{16,}$/,
]

const hint =
  /PRIVATE KEY|AGE-SECRET|PuTTY-User|eyJ|AKIA|ASIA|AIza|gh[pousr]_|github_pat|glpat|gldt-|npm_|dop_v1|k_live|sk_test|whsec|shpat|pypi-|hf_|sk-|xox|ya29|hv[sb]\.|SG\.|:\/\/[^\s/@:]*:|bearer |basic |"kty"|current-context|kind"?[ \t]*:[ \t]*"?(?:Secret|Config)/i
const assignmentHint = /password|passwd|passphrase|pwd|token|secret|key|auth|credentials/i

const isKubeconfig = (text: string): boolean =>
  /\bclusters\b/.test(text) && /\busers\b/.test(text) && /current-context|kind"?[ \t]*:[ \t]*"?Config/.test(text)

const isJwt = (run: string): boolean => {
  const parts = run.split('.')
  return parts.some((part, at) => part.startsWith('eyJ') && part.length > 10 && parts[at + 1]?.startsWith('eyJ') === true)
}

const withoutToken = (run: string): string => ((run.includes('eyJ') && isJwt(run)) || tokenForms.some((form) => form.test(run)) ? '' : run)

const withoutAuthorization = (whole: string, scheme: string, credentials: string): string => {
  if (scheme.toLowerCase() === 'bearer') return credentials.length >= 16 && /[0-9A-Z]/.test(credentials) ? `${scheme} ` : whole
  return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(Buffer.from(credentials, 'base64').toString('latin1')) ? `${scheme} ` : whole
}

const withoutAssigned = (whole: string, name: string, value: string): string => {
  const bare = value.replace(/^["']|["']$/g, '')
  return isHarmlessValue(bare) ? whole : `${name}${/^["']/.test(value) ? value.charAt(0).repeat(2) : ''}`
}

/** How often base64 is looked through. */
const layers = 3

/** No shorter text is looked into. */
export const shortestSecret = 8

/**
 * The text without private keys, tokens, kubeconfigs and credentials, as they are or under base64; the same text where there
 * are none. Cleaning twice changes nothing.
 *
 * `inAssignments`: `password = …` is looked for, as in ConfigMaps, annotations and arguments; it is in whatever has several lines. `layer`: how many
 * layers of base64 this text was under, from 1.
 */
export const cleanText = (text: string, inAssignments: boolean, layer = 1): string => {
  if (text.length < shortestSecret) return text
  let clean = hint.test(text) ? withoutKnownForms(text) : text
  if (inAssignments || text.includes('\n')) {
    if (assignmentHint.test(clean)) clean = clean.replace(assignment, withoutAssigned)
    if (/-u|--user/.test(clean)) clean = clean.replace(userOption, '$1')
  }
  return clean.length >= 32 && layer <= layers ? withoutEncoded(clean, layer) : clean
}

const withoutKnownForms = (text: string): string => {
  if (isKubeconfig(text) || (wholeSecret.test(text) && secretData.test(text)) || octetKey.test(text)) return ''
  return text
    .replace(privateKeyBlock, '')
    .replace(otherKeyForms, '')
    .replace(tokenRun, withoutToken)
    .replace(credentialsInUrl, '$1')
    .replace(authorization, withoutAuthorization)
}

/** Names, identifiers and digests have none; of 32 characters of base64 without one there is one in ten millions, and keys, tokens and PEM begin with them. */
const capital = /[A-Z]/

const withoutEncoded = (text: string, layer: number): string => {
  if (!capital.test(text)) return text
  const holdsSecret = (decoded: string): boolean => cleanText(decoded, true, layer + 1) !== decoded
  const cleanRun = (run: string): string => (encodesSecret(run, holdsSecret) ? '' : run)
  const whole = text.includes('\n') ? text.replace(base64Lines, (lines) => cleanRun(lines.replaceAll(/\s/g, '')) && lines) : text
  return whole.replace(base64Run, cleanRun)
}
