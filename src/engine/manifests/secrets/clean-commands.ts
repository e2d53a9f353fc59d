import { isHarmlessValue, isSecretValue } from './is-harmless-value.js'
import type { TellSecret } from './tell-secret.js'

/** Which programs take a password by an option that others use for a port, a path or a prefix. */
interface PasswordOption {
  readonly programs: RegExp
  /** The option alone, as an argument before its value. */
  readonly option: RegExp
  /** The same in a line, with the value as the last group. */
  readonly inLine: RegExp
  /** Only where one of these is among the arguments before. */
  readonly with?: RegExp
}

const value = `["']?([^\\s"']{1,4000})`

const passwordOptions: readonly PasswordOption[] = [
  {
    programs: /(?:^|[\s/])(?:mysql\w*|mariadb[\w-]*|7z[ar]?|rar|unrar)(?=\s|$)/,
    option: /^-p(?=\S)/,
    inLine: new RegExp(`(\\s-p)${value}`, 'g'),
  },
  {
    programs: /(?:^|[\s/])(?:sshpass|mydumper|percona[\w-]*|pt-\w[\w-]*|xtrabackup)(?=\s|$)/,
    option: /^-p(?=\S)/,
    inLine: new RegExp(`(\\s-p[ \\t]?)${value}`, 'g'),
  },
  {
    programs: /(?:^|[\s/])(?:sshpass|mydumper|xtrabackup|cqlsh|twine|beeline|useradd|usermod|mongo\w*)(?=\s|$)/,
    option: /^-p$/,
    inLine: new RegExp(`(\\s-p[ \\t])${value}`, 'g'),
  },
  {
    programs:
      /(?:^|[\s/])(?:docker|podman|buildah|skopeo|nerdctl|helm|oras|crane|regctl|az|cf|oc|argocd|mongo\w*|mongosh|influx|smbpasswd|rabbitmqctl|kafka[\w.-]*)(?=\s|$)/,
    with: /\b(?:login|auth|add|mongo\w*|mongosh|influx)\b/,
    option: /^-p$/,
    inLine: new RegExp(`((?:login|mongo\\w{0,10}|add|auth)\\b[^\\n;|&]{0,200}?\\s-p[ \\t])${value}`, 'g'),
  },
  {
    programs: /(?:^|[\s/])(?:redis-cli|valkey-cli|keydb-cli)(?=\s|$)/,
    option: /^-a$/,
    inLine: new RegExp(`(\\s-a[ \\t])${value}`, 'g'),
  },
  { programs: /(?:^|[\s/])(?:ldap\w+|kadmin)(?=\s|$)/, option: /^-w$/, inLine: new RegExp(`(\\s-w[ \\t])${value}`, 'g') },
  { programs: /(?:^|[\s/])ldappasswd(?=\s|$)/, option: /^-[as]$/, inLine: new RegExp(`(\\s-[as][ \\t])${value}`, 'g') },
  { programs: /(?:^|[\s/])snmp\w+(?=\s|$)/, option: /^-[AX]$/, inLine: new RegExp(`(\\s-[AX][ \\t])${value}`, 'g') },
  {
    programs: /(?:^|[\s/])(?:sqlcmd|bcp|isql|osql|tsql|zip|unzip|mosquitto_\w+)(?=\s|$)/,
    option: /^-P$/,
    inLine: new RegExp(`(\\s-P[ \\t]?)${value}`, 'g'),
  },
  {
    programs: /(?:^|[\s/])openssl(?=\s|$)/,
    with: /\benc\b/,
    option: /^-[kK]$/,
    inLine: new RegExp(`(\\benc\\b[^\\n;|&]{0,200}?\\s-[kK][ \\t])${value}`, 'g'),
  },
]

/** `openssl … -passin pass:x`, and `user add name x` of what manages users. */
const passed = /(\bpass:)[^\s"']{1,4000}/g
const users = /(\b(?:add_user|change_password|authenticate_user)[ \t]{1,9}[^\s"']{1,100}[ \t]{1,9})["']?[^\s"']{1,4000}/g
/** `curl -u name:password`; numbers, and names of groups, are a user and a group. */
const user =
  /(?<![\w-])((?:-u|-U|--user|--proxy-user)[ =]{1,4}["']?[^\s:"'=]{1,100}[:%])(?!(?:\d+|nogroup|nobody|root|wheel|daemon|www-data)(?:[\s"';&|)]|$))([^\s"']{1,4000})/g
/** The same among other letters, or without a blank. */
const shortUser =
  /(\b(?:curl\b[^\n;|&]{0,300}?[ \t]-[a-zA-Z]{0,8}u|https?\b[^\n;|&]{0,300}?[ \t]-a)[ \t]{0,3}["']?[^\s:"'=/]{1,100}:)([^\s"']{1,4000})/g
/** `user = "name:password"` in a file for it. */
const userSetting = /(\b(?:user|login|userpwd)[ \t]{0,3}=[ \t]{0,3}["']?[\w.@-]{1,100}:)(?!\d+(?:[\s"';&|)]|$))([^\s"':/]{1,4000})/g
const sentCookie = /(\bcurl\b[^\n;|&]{0,300}?[ \t](?:-b|--cookie)[ =]["']?)([\w.-]{1,100}=[^\s"']{1,4000})/g
/** The last word of a command. */
const lastWord =
  /(\b(?:(?:htpasswd|mosquitto_passwd)[ \t](?=[^\n;|&>]{0,300}?-[a-zA-Z]{0,5}b)[^\n;|&>]{1,300}|mc[ \t]{1,4}(?:alias[ \t]{1,4}set|config[ \t]{1,4}host[ \t]{1,4}add)(?:[ \t]{1,4}[^\s;|&]{1,300}){3}|vault[ \t]{1,4}(?:login|operator[ \t]{1,4}unseal))[ \t]{1,4}["']?)([^\s"'=;|&>-][^\s"'=;|&>]{0,400})(?=["']?[ \t]{0,9}(?:$|[\n;|&>]))/g
const literal = /(--from-literal[= ]["']?[^\s="']{1,200}=)[^\s"']{1,4000}/g
const chpasswd = /(\becho[ \t]{1,9}["']?[\w.-]{1,100}:)[^\s"'|]{1,400}(?=["']?[ \t]{0,9}\|[ \t]{0,9}(?:sudo )?chpasswd)/g
const piped =
  /(\b(?:echo|printf)[ \t]{1,9}(?:-n[ \t]{1,9}|["']?%s(?:\\n)?["']?[ \t]{1,9})?["']?)([^\s"'|%]{1,400})(?=["']?[ \t]{0,9}\|[ \t]{0,9}[^\n]{0,80}(?:--password-stdin|--with-token|\bsudo[ \t]-S|\bkinit\b))/g
const optionSign = /[ \t]-[paPwsAXkK]/
/** What a text with any of these has. */
export const commandSign =
  /-[a-zA-Z]{0,8}[upaPwUsAXkKb]|--user|--cookie|pass:|_user|_password|password-stdin|with-token|sudo -S|kinit|chpasswd|--from-literal|\bmc |vault |(?:user|login|userpwd)[ \t]{0,3}=/

/** The text without passwords that programs are given on their command line. */
export const cleanCommands = (text: string, tell: TellSecret): string => {
  const without = (whole: string, kept: string, password: string): string => {
    if (isHarmlessValue(password) || password.startsWith('-')) return whole
    tell('COMMAND_PASSWORD')
    return kept
  }
  const inLine = (line: string): string =>
    passwordOptions.reduce((clean, { programs, inLine: form }) => (programs.test(clean) ? clean.replace(form, without) : clean), line)
  const clean = text
    .split(/(?<=[\n;|&])/)
    .map((line) => (optionSign.test(line) ? inLine(line) : line))
    .join('')
  const written = clean.includes('create secret') ? clean.replace(literal, '$1') : clean
  const kept = written.replace(passed, '$1').replace(users, '$1').replace(chpasswd, '$1').replace(piped, without)
  if (kept !== clean) tell('COMMAND_PASSWORD')
  const withoutCookie = (whole: string, before: string, cookies: string): string =>
    isSecretValue('UNLESS_COOKIES', cookies) ? without(whole, before, cookies) : whole
  return [user, shortUser, userSetting, lastWord]
    .reduce((text, form) => text.replace(form, without), kept)
    .replace(sentCookie, withoutCookie)
}

/** Does this argument of a program of these arguments take a password as the next one? */
export const takesPassword = (option: string, program: string): boolean =>
  passwordOptions.some(
    ({ programs, option: form, with: words }) =>
      programs.test(program) && form.test(option) && form.source.endsWith('$') && (words === undefined || words.test(program)),
  )

/** An argument that holds its password itself, without it: `-px` of mysql. */
export const withoutOwnPassword = (argument: string, program: string): string =>
  passwordOptions.some(({ programs, option: form }) => !form.source.endsWith('$') && programs.test(program) && form.test(argument))
    ? argument.slice(0, 2)
    : argument
