import { isHarmlessValue } from './is-harmless-value.js'
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
    programs: /(?:^|[\s/])(?:mysql\w*|mariadb[\w-]*|mydumper|sshpass|percona[\w-]*|pt-\w[\w-]*|xtrabackup)(?=\s|$)/,
    option: /^-p(?=\S)/,
    inLine: new RegExp(`(\\s-p[ \\t]?)${value}`, 'g'),
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
  { programs: /(?:^|[\s/])ldap\w+(?=\s|$)/, option: /^-w$/, inLine: new RegExp(`(\\s-w[ \\t])${value}`, 'g') },
  { programs: /(?:^|[\s/])(?:sqlcmd|bcp|isql|osql)(?=\s|$)/, option: /^-P$/, inLine: new RegExp(`(\\s-P[ \\t]?)${value}`, 'g') },
]

/** `openssl … -passin pass:x`, and `user add name x` of what manages users. */
const passed = /(\bpass:)[^\s"']{1,4000}/g
const users = /(\b(?:add_user|change_password|authenticate_user)[ \t]{1,9}[^\s"']{1,100}[ \t]{1,9})["']?[^\s"']{1,4000}/g
/** `curl -u name:password`; numbers are a user and a group. */
const user = /(?<![\w-])((?:-u|-U|--user|--proxy-user)[ =]{1,4}["']?[^\s:"'=]{1,100}[:%])(?!\d+(?:[\s"';&|)]|$))([^\s"']{1,4000})/g
const literal = /(--from-literal[= ]["']?[^\s="']{1,200}=)[^\s"']{1,4000}/g
const chpasswd = /(\becho[ \t]{1,9}["']?[\w.-]{1,100}:)[^\s"'|]{1,400}(?=["']?[ \t]{0,9}\|[ \t]{0,9}(?:sudo )?chpasswd)/g
const piped = /(\becho[ \t]{1,9}(?:-n[ \t]{1,9})?["']?)([^\s"'|]{1,400})(?=["']?[ \t]{0,9}\|[ \t]{0,9}[^\n]{0,80}--password-stdin)/g
/** What a text with any of these has. */
export const commandSign = /-[upaPwU]|--user|pass:|_user|_password|password-stdin|chpasswd|--from-literal/

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
    .map((line) => (/\s-[paPw]/.test(line) ? inLine(line) : line))
    .join('')
  const written = clean.includes('create secret') ? clean.replace(literal, '$1') : clean
  const kept = written.replace(passed, '$1').replace(users, '$1').replace(chpasswd, '$1').replace(piped, without)
  if (kept !== clean) tell('COMMAND_PASSWORD')
  return kept.replace(user, without)
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
