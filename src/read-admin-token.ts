import { readFileSync, writeFileSync } from 'node:fs'
import { digestOf, makeToken } from '#access/make-token'
import { AppError } from '#engine/model/app-error'

const shape = /^[\x21-\x7e]{32,512}$/

/**
 * SHA-256 of the token in the file, which is made with a new token in it, readable to its owner alone, where there is none.
 *
 * SETTING_UNUSABLE where it cannot be read or made, or holds no token; what it holds is told to nobody.
 */
export function readAdminToken(file: string): Uint8Array {
  const text = (read(file) ?? make(file)).trim()
  if (shape.test(text)) return digestOf(text)
  throw unusable(`ADMIN_TOKEN_FILE \`${file}\` must hold one token of 32 to 512 visible characters, and nothing else`)
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw unusable(`ADMIN_TOKEN_FILE \`${file}\` cannot be read: ${code}`)
  }
}

/** Another process may have made it meanwhile: then its token counts. */
function make(file: string): string {
  const token = makeToken()
  try {
    writeFileSync(file, `${token}\n`, { mode: 0o600, flag: 'wx' })
    return token
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const other = code === 'EEXIST' ? read(file) : undefined
    if (other !== undefined) return other
    throw unusable(`ADMIN_TOKEN_FILE \`${file}\` is not there and cannot be made: ${code}`)
  }
}

const unusable = (message: string): AppError => new AppError('SETTING_UNUSABLE', message)
