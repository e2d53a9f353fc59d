import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { openStore } from '#store/open-store'
import { newDataDir } from './new-data-dir.js'
import { storeContract } from './contract/store-contract.js'

describe('the store on the embedded database', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'store-'))
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))
  storeContract('EMBEDDED', async () => openStore({ dataDir: await newDataDir(join(scratch, 'data')) }))
})
