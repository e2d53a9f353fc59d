import { isHarmlessValue, isSecretValue } from './is-harmless-value.js'
import { looksGenerated } from './looks-generated.js'
import type { TellSecret } from './tell-secret.js'
import { suspicionOf } from './suspicion-of.js'

// Each expression is linear: what may repeat stops where the next match may begin, or is bounded.
/** `scheme://user:password@`, to the last `@` before path and query; an address may leave its scheme to who reads it. */
const userAndPassword = /(?<=:|^|[\s"'=(,])\/\/([^\s/@:?#"'<>\\[\]]{0,200}):([^\s/?#"'<>\\]{0,400})@/g
/** A password with a slash in it; a port is followed by one as well. */
const slashedPassword = /:\/\/[^\s/@:?#"'<>\\[\]]{0,200}:(?!\d{1,5}\/)[^\s@?#"'<>\\/]{1,200}\/[^\s@?#"'<>\\]{0,200}@/g
const userAlone = /:\/\/([^\s/@:?#"'<>\\[\]]{16,400})@/g
/** `user:password@host:port`, `user:password@tcp(host)`; a tag of an image is followed by a digest. */
const withoutScheme = /(?<![\w.@/:$%{}*-])[\w.%+-]{0,100}:([^\s@/:"'<>()]{1,200})@(?=(?:tcp|unix)\(|\[?[\w.:-]{1,200}\]?:\d{1,5}(?!\w))/g
const oracle = /(\bthin:)[^\s/@:]{1,100}\/[^\s@]{1,200}@/g
const onlyAddress = /^[\w.%+-]{0,100}:([^\s@/:"'<>()]{1,200})@(?=[\w.-]+(?::\d+)?(?:\/\S*)?$)/
const parameter = /([?&;]|\\u0026|&amp;|%26)([\w.%[\]-]{1,80})(=|\\u003d)([^&\s"'<>#\\;]+)/g

/** Addresses whose path is the secret. */
const hooks =
  /(\b(?:hooks\.slack\.com\/(?:services|workflows|triggers)\/|(?:discord|discordapp)\.com\/api\/(?:v\d{1,2}\/)?webhooks\/|\.webhook\.office\.com\/webhookb2\/|outlook\.office(?:365)?\.com\/webhook\/|api\.telegram\.org\/(?:file\/)?bot|hooks\.zapier\.com\/hooks\/catch\/|open\.(?:feishu\.cn|larksuite\.com)\/open-apis\/bot\/(?:v2\/)?hook\/|events\.pagerduty\.com\/(?:integration|x-ere|generic)\/|maker\.ifttt\.com\/trigger\/[\w-]{1,100}\/(?:json\/)?with\/key\/|hook\.(?:[a-z\d]{1,6}\.)?(?:make|integromat)\.com\/|hooks\.glip\.com\/webhook\/|hc-ping\.com\/|webhook\.site\/|alert\.victorops\.com\/integrations\/generic\/\d{1,12}\/alert\/))[\w/.:%~@-]{6,}/gi
/** The same of a server of one's own: a path that is named so, and looks made at random. */
const ownHook = /(\/(?:webhooks?|hooks?|api\/push|receiver\/v1\/http|inputs)\/)([\w/.-]{12,400})/gi
const hookSign = /hook|telegram|pagerduty|ifttt|hc-ping|victorops|api\/push|receiver\/v1|inputs\//i

/** What a text with any of these has. */
export const addressSign = new RegExp(`[@=]|\\\\u003d|${hookSign.source}`, 'i')

/** The text without passwords, signatures and tokens in its addresses; who logs in goes with the password. `isAddress`: it is one as a whole. */
export const cleanAddresses = (text: string, isAddress: boolean, tell: TellSecret): string => {
  const without = (kept: string, found: string): string => {
    if (found !== kept) tell('URL_CREDENTIALS')
    return kept
  }
  let clean = text
  if (clean.includes('//') && clean.includes('@')) {
    clean = clean
      .replace(userAndPassword, (whole, user: string, password: string) => without(isOpen(user, password) ? whole : '//', whole))
      .replace(slashedPassword, (whole) => without('://', whole))
      .replace(userAlone, (whole, user: string) => without(looksGenerated(user) ? '://' : whole, whole))
  }
  if (clean.includes('@')) {
    clean = clean
      .replace(withoutScheme, (whole, password: string) => without(isHarmlessValue(password) ? whole : '', whole))
      .replace(oracle, (whole, kept: string) => without(kept, whole))
    if (isAddress) clean = clean.replace(onlyAddress, (whole, password: string) => without(isHarmlessValue(password) ? whole : '', whole))
  }
  if (/=|\\u003d/i.test(clean)) {
    clean = clean.replace(parameter, (whole, mark: string, name: string, equals: string, value: string) => {
      const suspicion = suspicionOf(name, 'HEADER') ?? (name === 'code' ? 'IF_GENERATED' : undefined)
      return without(suspicion !== undefined && isSecretValue(suspicion, value) ? `${mark}${name}${equals}` : whole, whole)
    })
  }
  if (!hookSign.test(clean)) return clean
  return clean
    .replace(hooks, (whole, kept: string) => without(kept, whole))
    .replace(ownHook, (whole, kept: string, path: string) => without(looksGenerated(path) ? kept : whole, whole))
}

/** No password, or references to one. */
const isOpen = (user: string, password: string): boolean =>
  (password === '' && !looksGenerated(user)) || (password !== '' && isHarmlessValue(password) && !looksGenerated(user))
