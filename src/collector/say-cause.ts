const unknownAuthority = 'its certificate is of no authority that is trusted here'

/** What the codes of the operating system and of TLS say, in plain words. */
const causes: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'nothing can be written there',
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is a file, and no directory',
  EISDIR: 'it is a directory',
  ELOOP: 'its links lead in a circle',
  ENOSPC: 'there is no space left',
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name cannot be looked up',
  ETIMEDOUT: 'no answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'no answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ECONNRESET: 'it closes the connection',
  EPIPE: 'it closes the connection',
  UND_ERR_SOCKET: 'it closes the connection',
  EPROTO: 'it does not speak TLS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS',
  HPE_INVALID_CONSTANT: 'it does not speak HTTP',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for other names',
}

/** Why a file or a server could not be had; `others` say what a code means where they are asked. What has no words is told as it comes. */
export function sayCause(error: unknown, others: Readonly<Record<string, string>> = {}): string {
  if (!(error instanceof Error)) return String(error)
  const { code = '', message } = error as NodeJS.ErrnoException
  const [first] = message.split('\n').filter((line) => line.trim() !== '')
  return others[code] ?? causes[code] ?? (code === '' ? (first?.trim() ?? error.name) : code)
}
