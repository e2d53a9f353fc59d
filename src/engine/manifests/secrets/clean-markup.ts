import { isSecretValue } from './is-harmless-value.js'
import type { TellSecret } from './tell-secret.js'
import { type NamePlace, nameStem, suspicionOf } from './suspicion-of.js'

// Forms other than an assignment that give a value to a name. All are linear: bounded, or ending where the next may begin.
/** `<password>x</password>` */
const element = /(<([\w.:-]{2,100})(?:\s[^<>]{0,300})?>\s{0,20}(?:<!\[CDATA\[)?)([^<>\]]{1,4000})(?=<\/|\]\])/g
/** `<entry key="password">x</entry>`, `<key>password</key><string>x</string>` */
const attributed =
  /((?:\b(?:key|name|id)\s{0,3}=\s{0,3}["']([\w.-]{2,100})["'][^<>]{0,200}>|<(?:key|name)>([\w.-]{2,100})<\/(?:key|name)>\s{0,50}<\w{1,20}>))([^<>]{1,4000})(?=<\/)/g
/** `headers:add("x-api-key", "x")`, `setenv('TOKEN', 'x')` */
const call =
  /(\(\s{0,9}\\{0,3}(["'`])([\w.-]{2,100})\\{0,3}["'`]\s{0,9},\s{0,9}\\{0,3}["'`](?:(?:Bearer|Basic|Token) ?["'`]\s{0,9}(?:\.\.|\+)\s{0,9}["'`])?)([^"'`\n\\]{1,4000})(?=\\{0,3}["'`])/g
/** `proxy_set_header Authorization x;`, `SetEnv TOKEN x`, `ENV TOKEN x`, `set $token x;`, `header X-Api-Key x` */
const directive =
  /((?<![\w-])(?:set(?=\s{1,9}\$)|(?<=^[ \t]{0,40})header|proxy_set_header|add_header|more_set_headers|more_set_input_headers|set-header|add-header|replace-header|grpc_set_header|fastcgi_param|uwsgi_param|setenv|ENV|ARG|(?:request)?header\s{1,9}(?:set|add|append))\s{1,9}["']?\$?([\w-]{2,100})["']?\s{1,9}["']?)([^\s"';]{1,4000}(?:[ \t][^\s"';]{1,4000})?)/gim
/** `npm config set //host/:_authToken x`, `aws configure set aws_secret_access_key x` */
const configured =
  /(\bconfig(?:ure)?[ \t]{1,9}(?:set[ \t]{1,9})?(?:--[\w-]{1,40}[ \t]{1,9}){0,3}["']?([^\s"'=;-][^\s"'=;]{1,200})["']?[ \t]{1,9}["']?)([^\s"';]{1,4000})/g
/** A variable of Terraform and its default. */
const declared = /(\bvariable[ \t]{1,9}"([\w.-]{2,100})"[ \t]{0,9}\{[^{}]{0,1000}?\bdefault[ \t]{0,9}=[ \t]{0,9}")([^"\n]{1,4000})/g
/** A name and one word alone on a line, as servers and shells are configured. */
const alone = /^([ \t]{0,60}([\w.-]{2,80})[ \t]{1,30}["']?)([^\s"';{}:=]{1,4000})(?=["']?;?[ \t]{0,60}$)/gm
/** `value: x` with `name: TOKEN` after it */
const valueFirst =
  /((?<![\w.-])value["']?[ \t]{0,9}[:=][ \t]{0,9}["']?)([^\s"',{}]{1,4000})(?=["']?[ \t]{0,9}[,\n][ \t]{0,60}["']?(?:name|key)["']?[ \t]{0,9}[:=][ \t]{0,9}["']?([\w.-]{2,100}))/g
/** Of SQL and PowerShell: what stands in quotes after the words is the password. */
const spoken =
  /(\b(?:(?:password|identified(?: with \w{1,40})? by|ConvertTo-SecureString(?: -String)?)[ \t]{1,9}|set[ \t]{1,9}password[ \t]{1,9}for[ \t][^\n=]{1,200}=[ \t]{0,9}(?:password\()?)["'])([^"'\n]{1,4000})/gi
/** Of proxies and of Redis. */
const spokenBare =
  /(\b(?:user[ \t]{1,9}[\w-]{1,100}[ \t]{1,9}(?:insecure-)?password[ \t]{1,9}|user[ \t]{1,9}[\w-]{1,100}[ \t](?:[^\n>]{0,200}[ \t])?>|stats[ \t]{1,9}auth[ \t]{1,9}[^\s:]{1,100}:|auth-pass[ \t]{1,9}[\w.-]{1,100}[ \t]{1,9}))([^\s"']{1,4000})/gi
/** `auth=("name", "x")`, `Credentials("realm", "host", "name", "x")`: the last one. */
const grouped =
  /(\b(?:auth|login|credentials|basic_?auth)[ \t]{0,3}(?:=[ \t]{0,3})?\([ \t]{0,9}(?:["'][^"'\n]{0,200}["'][ \t]{0,9},[ \t]{0,9}){1,4}["'])([^"'\n]{1,4000})(?=["'][ \t]{0,9}\))/gi
/** `user_name="x"` of a login module. */
const loginUser = /(\buser_[\w-]{1,60}[ \t]{0,3}=[ \t]{0,3}["'])([^"'\n]{1,4000})/g
/** `--password x` */
const option = /((?<![\w-])--?([A-Za-z][\w.-]{1,80})[ \t]["']?)([^\s"'-][^\s"']{0,4000})/g
const ofNetrc = /\b(?:machine[ \t]{1,20}[^\s]{1,200}|default)[ \t\r\n]{1,20}login\b/
/** `machine host login me password x` */
const netrc = /(\b(?:password|passwd|account)[ \t\r\n]{1,20})([^\s"']{1,4000})/g

interface Form {
  readonly hint: RegExp
  readonly form: RegExp
  /** What was matched, by its groups: what stays before the value, the name, the value. */
  read(groups: readonly (string | undefined)[]): readonly [kept: string, name: string, value: string]
}

const usual: Form['read'] = ([kept = '', name = '', value = '']) => [kept, name, value]
const ofPassword: Form['read'] = ([kept = '', value = '']) => [kept, 'password', value]

const forms: readonly Form[] = [
  { hint: /<\//, form: element, read: usual },
  { hint: /<\//, form: attributed, read: ([kept = '', first, second, value = '']) => [kept, first ?? second ?? '', value] },
  { hint: /\(\s{0,9}\\{0,3}["'`]/, form: call, read: ([kept = '', _quote, name = '', value = '']) => [kept, name, value] },
  { hint: /header|env|param|ARG|set/i, form: directive, read: usual },
  { hint: /config/, form: configured, read: usual },
  { hint: /variable/, form: declared, read: usual },
  { hint: / -/, form: option, read: usual },
  { hint: /value/, form: valueFirst, read: ([kept = '', value = '', name = '']) => [kept, name, value] },
  { hint: /password|identified|SecureString/i, form: spoken, read: ofPassword },
  { hint: /user|stats|auth-pass/i, form: spokenBare, read: ofPassword },
  { hint: /\(/, form: grouped, read: ofPassword },
  { hint: /LoginModule/, form: loginUser, read: ofPassword },
]

/** A word alone is a heading or prose more often than a password, unless it could be no word. */
const isNoWord = (value: string): boolean => !/^[A-Za-z]+[.,!?]?$/.test(value)
const oneOfDirectives = /^(?:requirepass|masterauth|masterpass|bindpw|rootpw|auth_pass|password)$/i

/** What a text with any of these has: a name, or the words of a language that has none. */
export const markupSign = new RegExp(`${nameStem.source}|identified|user|machine|stats`, 'i')

/** The text without secrets in elements, calls, directives and options that are named so. */
export const cleanMarkup = (text: string, place: NamePlace, tell: TellSecret): string => {
  let clean = text
  const without = (whole: string, kept: string, name: string, value: string): string => {
    const suspicion = suspicionOf(name, place)
    if (suspicion === undefined || !isSecretValue(suspicion, value)) return whole
    tell('NAMED_VALUE')
    return kept
  }
  for (const { hint, form, read } of forms) {
    if (!hint.test(clean)) continue
    clean = clean.replace(form, (whole: string, ...groups: (string | undefined)[]) => without(whole, ...read(groups)))
  }
  if (clean.includes('login') && ofNetrc.test(clean)) {
    clean = clean.replace(netrc, (whole, kept: string, value: string) => without(whole, kept, 'password', value))
  }
  return clean.replace(alone, (whole, kept: string, name: string, value: string) =>
    isNoWord(value) || (oneOfDirectives.test(name) && name.toLowerCase() !== 'password') ? without(whole, kept, name, value) : whole,
  )
}
