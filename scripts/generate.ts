// Writes what is derived and committed: resolver types, OpenAPI, the document's JSON Schema, and the pages about
// documents, commands, settings, examples, codes, rules and what is not followed.
// With --check it writes nothing and fails where a file is not what it would have written.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { commandPages } from './generate/command-pages.js'
import { exampleIndex } from './generate/example-index.js'
import { codePage } from './generate/code-page.js'
import { notModelledPage } from './generate/not-modelled-page.js'
import { ruleIndex } from './generate/rule-index.js'
import { resolverTypes } from './generate/resolver-types.js'
import { settingsPage } from './generate/settings-page.js'
import { topologyGuide } from './generate/topology-guide.js'

const checking = process.argv.includes('--check')

function put(file: string, text: string): void {
  const fresh = existsSync(file) && readFileSync(file, 'utf8') === text
  if (fresh) return
  if (checking) {
    console.error(`${file} is not fresh: npm run generate, and commit it`)
    process.exitCode = 1
    return
  }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  console.log(`wrote ${file}`)
}

put('docs/rules/README.md', ruleIndex())
put('docs/topology.md', topologyGuide())
put('docs/commands.md', commandPages())
put('docs/settings.md', settingsPage())
put('examples/README.md', exampleIndex())
put('docs/codes.md', codePage())
put('docs/not-modelled.md', notModelledPage())
put('src/graphql/generated/resolver-types.ts', await resolverTypes())

// The app's own types need the resolver types, so that these are written first.
const { servedFiles } = await import('./generate/served-files.js')
const [openapi, topologySchema] = await servedFiles(['/openapi.json', '/schemas/topology.json'])
put('openapi/openapi.json', openapi as string)
put('openapi/topology.schema.json', topologySchema as string)
