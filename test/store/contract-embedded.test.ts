import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { openStore } from '#store/open-store'
import { storeContract } from './contract/store-contract.js'

describe('the store on the embedded database', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'store-'))
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))
  storeContract('EMBEDDED', () => openStore({ dataDir: join(scratch, 'data') }))
})
