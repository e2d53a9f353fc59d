import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openService } from '../../rest/open-service.js'

export interface OpenForReader {
  readonly url: string
  /** A token that may do everything. */
  readonly admin: string
  /** One that reads what tenant a has. */
  readonly reader: string
  close(): Promise<void>
}

/** The service with two tokens: the operator's, and that of a reader of tenant a. */
export async function openForReader(): Promise<OpenForReader> {
  const scratch = mkdtempSync(join(tmpdir(), 'tenants-'))
  const file = join(scratch, 'admin')
  const service = await openService({ ADMIN_TOKEN_FILE: file })
  const admin = readFileSync(file, 'utf8').trim()
  const { body } = await service.http
    .post('/v1/tokens')
    .set('authorization', `Bearer ${admin}`)
    .send({ name: 'the reader of a', scopes: ['read'], tenants: ['team-a'] })
  return {
    url: service.url,
    admin,
    reader: (body as { readonly token: string }).token,
    close: async () => {
      await service.close()
      rmSync(scratch, { recursive: true, force: true })
    },
  }
}
