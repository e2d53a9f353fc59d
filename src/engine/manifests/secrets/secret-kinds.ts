/** What a removed value was, by the rule that found it. */
export type SecretKind =
  | 'SECRET_DATA'
  | 'NAMED_VALUE'
  | 'PRIVATE_KEY'
  | 'TOKEN'
  | 'AUTHORIZATION'
  | 'URL_CREDENTIALS'
  | 'PASSWORD_HASH'
  | 'KUBECONFIG'
  | 'ENCODED_SECRET'
  | 'COMMAND_PASSWORD'
  | 'CREDENTIAL_FILE'

/** Hears of each value that is taken out; never the value itself. */
export type TellSecret = (kind: SecretKind) => void
