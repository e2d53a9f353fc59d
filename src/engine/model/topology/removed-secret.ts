import type { Finding } from '../report.js'

/** By which rule a secret is found: how it is named, what form it has, or where it stands. */
export const secretKinds = {
  SECRET_DATA: 'a value of a Secret, or of what a Secret is made of',
  NAMED_VALUE: 'a value whose name says that it is a secret',
  PRIVATE_KEY: 'a private key',
  TOKEN: 'a token, by its form',
  AUTHORIZATION: 'the credentials of an authorization header',
  URL_CREDENTIALS: 'a password, a signature or a token in an address',
  PASSWORD_HASH: 'the hash of a password',
  KUBECONFIG: 'a kubeconfig',
  ENCODED_SECRET: 'a secret under base64, hex or compression',
  COMMAND_PASSWORD: 'a password on a command line',
  CREDENTIAL_FILE: 'a password in a file of a known format',
} as const
export type SecretKind = keyof typeof secretKinds

/** Where a secret stands that is not stored; never the value itself. */
export interface RemovedSecret {
  readonly kind: SecretKind
  /** The object; null: the document's own fields. */
  readonly resource: Finding['resource']
  /** Inside the object, or the document. */
  readonly path: string
  readonly file: string | null
  /** From 1; null: unknown. */
  readonly line: number | null
}
