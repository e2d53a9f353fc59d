import { afterAll, describe } from 'vitest'
import { openStore } from '#store/open-store'
import { storeContract } from './contract/store-contract.js'
import { startPostgres } from './postgres-server.js'

const server = await startPostgres()

describe.skipIf(!server)('the store on a Postgres server', () => {
  afterAll(() => server?.stop())
  storeContract('SERVER', async () => openStore({ url: (await server?.database()) ?? '' }))
})
