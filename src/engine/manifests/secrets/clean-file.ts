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

/** The text of a file of this name without what its format calls a secret. */
export const cleanFile = (name: string, text: string, tell: TellSecret): string => {
  if (name.length > 100) return text
  let clean = text
  for (const { names, secret } of formats) {
    if (!names.test(name)) continue
    clean = clean.replace(secret, '$1')
  }
  if (clean !== text) tell('CREDENTIAL_FILE')
  return clean
}
