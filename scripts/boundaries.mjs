// Runs dependency-cruiser over src/ and fails when it saw no modules: a tool that cannot read TypeScript says "no violations".
import { createRequire } from 'node:module'
import { cruise } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'

const require = createRequire(import.meta.url)
const configuration = require('../.dependency-cruiser.cjs')

const { output } = await cruise(
  ['src'],
  { ...configuration.options, ruleSet: { forbidden: configuration.forbidden }, validate: true },
  { ...configuration.options.enhancedResolveOptions },
  { tsConfig: extractTSConfig('tsconfig.json') },
)

const { summary, modules } = output
const ours = modules.filter(({ source }) => source.startsWith('src/'))
for (const { rule, from, to } of summary.violations) {
  const { comment } = configuration.forbidden.find(({ name }) => name === rule.name)
  console.error(`${rule.name}: ${from} → ${to}\n  ${comment}`)
}
console.log(`boundaries: ${ours.length} modules, ${summary.violations.length} violations`)
process.exitCode = ours.length > 0 && summary.violations.length === 0 ? 0 : 1
