// Writes what is derived and committed: resolver types, OpenAPI, the document's JSON Schema, the rule index.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { resolverTypes } from './generate/resolver-types.js'

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  console.log(`wrote ${file}`)
}

if (existsSync('src/graphql/schema.graphql')) write('src/graphql/generated/resolver-types.ts', await resolverTypes())
