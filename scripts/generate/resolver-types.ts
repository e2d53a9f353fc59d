import { existsSync, readFileSync } from 'node:fs'
import { codegen } from '@graphql-codegen/core'
import * as typescript from '@graphql-codegen/typescript'
import * as resolvers from '@graphql-codegen/typescript-resolvers'
import { parse } from 'graphql'

const schemaFile = 'src/graphql/schema.graphql'
const mappersFile = 'src/graphql/mappers.ts'

/** A type `TopologyMapper` exported by mappers.ts is what the resolvers of `Topology` get, instead of what the schema shows. */
function mappers(): Record<string, string> {
  if (!existsSync(mappersFile)) return {}
  const names = [...readFileSync(mappersFile, 'utf8').matchAll(/^export (?:type|interface) (\w+)Mapper\b/gm)].map(
    ([, name]) => name as string,
  )
  return Object.fromEntries(names.map((name) => [name, `../mappers.js#${name}Mapper`]))
}

/** The TypeScript types that resolvers must have, from the schema; their context is `GraphqlContext` of src/graphql/context.ts. */
export async function resolverTypes(): Promise<string> {
  const types = await codegen({
    filename: 'resolver-types.ts',
    schema: parse(readFileSync(schemaFile, 'utf8')),
    documents: [],
    config: {
      contextType: '../context.js#GraphqlContext',
      emitLegacyCommonJSImports: false,
      enumsAsTypes: true,
      immutableTypes: true,
      // The names that graphql itself has, because Mercurius passes resolvers of interfaces on as they are.
      internalResolversPrefix: '',
      mappers: mappers(),
      scalars: { DateTime: 'string' },
      strictScalars: true,
      useTypeImports: true,
    },
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript, resolvers },
  })
  return `// Generated from schema.graphql by \`npm run generate\`.\n${types}`
}
