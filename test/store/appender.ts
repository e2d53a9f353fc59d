// appender.ts PLACE FROM: opens a store, checks the versions from that number on, says FOUND and the head, then appends for
// ever, saying each number once it is acknowledged. Meant to be killed at any moment.
import { gunzipSync } from 'node:zlib'
import { by } from './by.js'
import { openStore } from '#store/open-store'
import type { Store } from '#store/store'
import { contentOf, newVersion } from './new-version.js'

const topology = 'shop'

/** Every version from a number up to the head is there, whole, and is what was appended under its number. */
async function check(store: Store, from: number, head: number): Promise<void> {
  for (let number = from; number <= head; number++) {
    const version = await store.findVersion(topology, `${number}`)
    if (!version) throw new Error(`version ${number} of ${head} is missing`)
    const bodies = await store.readContents(version.parts.flatMap(({ digest, placesDigest }) => [digest, placesDigest]))
    const sound = [...bodies].filter(([digest, body]) => contentOf(gunzipSync(body)).digest === digest).length
    if (sound !== 2 || version.header !== `{"text":"version ${number}"}`) throw new Error(`version ${number} is half there`)
  }
  if (await store.findVersion(topology, `${head + 1}`)) throw new Error(`there is a version after the head ${head}`)
}

const [, , place = '', from = '1'] = process.argv
const store = await openStore(place.startsWith('postgresql:') ? { url: place } : { dataDir: place })
const head = (await store.findTopology(topology))?.head ?? 0
await check(store, Number(from), head)
console.log(`FOUND ${head}`)
for (let number = head + 1; ; number++) {
  const appended = await store.append(newVersion(topology, `version ${number}`, { expectedVersion: number - 1 }), by)
  if (appended.result !== 'CREATED') throw new Error(`version ${number}: ${appended.result}`)
  console.log(`${appended.version.number}`)
}
