import type { TellSecret } from './tell-secret.js'

interface FileFormat {
  readonly names: RegExp
  /** What holds a secret in it; the first group stays. */
  readonly secret: RegExp
}

/** Files whose format alone says where a secret stands, by the ends of their names. */
const formats: readonly FileFormat[] = [
  { names: /(?:^|[._/-])pgpass(?:\.conf)?$/i, secret: /^((?:(?:\\.|[^:\n\\#]){0,300}:){4})[^\n]+$/gm },
  { names: /(?:^|[._/-])htpasswd$/i, secret: /^([^\s:#]{1,200}:)[^\n]+$/gm },
  {
    names: /(?:^|[._/-])(?:passwd-s3fs|passwd|shadow|auth_file|passwordfile|users)(?:\.txt)?$/i,
    secret: /^([^\s:#{}="']{1,200}:)(?![ x*!]?(?::|$))[^\s:]+/gm,
  },
  { names: /(?:^|[._/-])userlist\.txt$/i, secret: /^("[^"\n]{1,200}"\s{1,9}")[^"\n]+/gm },
  { names: /(?:^|[._/-])(?:users\.acl|users)$/i, secret: /(\s[>#])[^\s]+/g },
  { names: /(?:^|[._/-])(?:vault-pass(?:word)?|vault_pass|ansible-vault)(?:\.txt)?$/i, secret: /()[\s\S]+/g },
  { names: /(?:^|[._/-])(?:cifs|smb)cred(?:ential)?s?$/i, secret: /()[\s\S]+/g },
  { names: /(?:^|[._/-])(?:chap-secrets|pap-secrets)$/i, secret: /^([ \t]*[^\s#]{1,200}\s{1,20}[^\s]{1,200}\s{1,20})[^\s]+/gm },
]

/** What the name of such a file has. */
export const fileSign = /pass|shadow|user|auth_file|cred|secrets|vault/i

/** What holds a secret in a file of this name, by its format. */
export const secretsOfFile = (name: string): readonly RegExp[] =>
  name.length > 100 ? [] : formats.filter(({ names }) => names.test(name)).map(({ secret }) => secret)

/** The text of a file without these. */
export const cleanFile = (secrets: readonly RegExp[], text: string, tell: TellSecret): string => {
  const clean = secrets.reduce((kept, secret) => kept.replace(secret, '$1'), text)
  if (clean !== text) tell('CREDENTIAL_FILE')
  return clean
}
