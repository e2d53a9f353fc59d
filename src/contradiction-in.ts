import { isLoopback } from './is-loopback.js'

interface Settings {
  readonly HOST: string
  readonly AUTH: string
  readonly INSECURE_OPEN: boolean
  readonly ADMIN_TOKEN_FILE?: string
  readonly OIDC_ISSUER?: string
  readonly OIDC_AUDIENCE?: string
}

/** Why settings that are each well by themselves are not taken together; undefined: they are. */
export function contradictionIn(settings: Settings): string | undefined {
  const ways = settings.AUTH.split(',')
  return ways.includes('none') ? openness(settings) : (whoseTokens(settings, ways) ?? whoseJwts(settings, ways))
}

/** Nobody is asked who they are. */
function openness(settings: Settings): string | undefined {
  const { HOST, INSECURE_OPEN } = settings
  if (settings.ADMIN_TOKEN_FILE !== undefined) return 'ADMIN_TOKEN_FILE is for AUTH=token, and AUTH=none takes no token'
  if (settings.OIDC_ISSUER !== undefined || settings.OIDC_AUDIENCE !== undefined)
    return 'OIDC_ISSUER is for AUTH=oidc, and AUTH=none takes no JWT'
  if (INSECURE_OPEN || isLoopback(HOST)) return undefined
  return `HOST is \`${HOST}\`, which others can reach, and nobody is asked who they are (AUTH=none): set ADMIN_TOKEN_FILE or AUTH, listen on 127.0.0.1, or say INSECURE_OPEN=true`
}

function whoseTokens({ AUTH, INSECURE_OPEN, ADMIN_TOKEN_FILE }: Settings, ways: readonly string[]): string | undefined {
  if (INSECURE_OPEN) return `INSECURE_OPEN=true lets everybody in, and AUTH=${AUTH} does not: unset one of them`
  if (ADMIN_TOKEN_FILE !== undefined && !ways.includes('token'))
    return `ADMIN_TOKEN_FILE is for AUTH=token, and AUTH=${AUTH} takes no token`
  return undefined
}

function whoseJwts({ AUTH, OIDC_ISSUER, OIDC_AUDIENCE }: Settings, ways: readonly string[]): string | undefined {
  if (!ways.includes('oidc')) {
    const stated = OIDC_ISSUER !== undefined || OIDC_AUDIENCE !== undefined
    return stated ? `OIDC_ISSUER is for AUTH=oidc, and AUTH=${AUTH} takes no JWT` : undefined
  }
  if (OIDC_ISSUER === undefined) return `AUTH=${AUTH} needs OIDC_ISSUER: whose JWTs are taken`
  if (OIDC_AUDIENCE !== undefined) return undefined
  return `AUTH=${AUTH} needs OIDC_AUDIENCE: without it the issuer’s tokens for any other service would be taken here`
}
