/**
 * Issues the public certificates that the examples refer to: two roots, and intermediates under them, valid until 2046.
 *
 * No private key is kept: nothing can be signed with them again. Existing files stay, because every issue makes new keys.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { issueAuthority } from '../test/engine/certificates.js'

const folder = 'examples/certificates'
const names = ['root-a', 'root-b', 'west', 'east', 'south', 'expired']

if (names.some((name) => existsSync(join(folder, `${name}.pem`)))) {
  console.error(`${folder} already holds certificates; remove it first to issue all of them anew`)
  process.exit(1)
}
const rootA = await issueAuthority('Example Root A')
const rootB = await issueAuthority('Example Root B')
const issued = {
  'root-a': rootA,
  'root-b': rootB,
  west: await issueAuthority('Example Intermediate West', rootA),
  east: await issueAuthority('Example Intermediate East', rootA),
  south: await issueAuthority('Example Intermediate South', rootB),
  expired: await issueAuthority('Example Expired Intermediate', rootA, { until: '2021-01-01T00:00:00Z' }),
}
mkdirSync(folder, { recursive: true })
for (const [name, { pem }] of Object.entries(issued)) writeFileSync(join(folder, `${name}.pem`), `${pem.trim()}\n`)
console.log(`issued ${Object.keys(issued).length} certificates in ${folder}`)
