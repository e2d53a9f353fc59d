import { type DocumentNode, getOperationAST, type GraphQLInputType, type GraphQLSchema, Kind, typeFromAST, valueFromAST } from 'graphql'

/** Variables that may not be null and have a default, with it: compiled queries forget these defaults. */
export function presetVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
): readonly (readonly [name: string, preset: unknown])[] {
  return (getOperationAST(document, operationName)?.variableDefinitions ?? []).flatMap(({ variable, type, defaultValue }) =>
    defaultValue === undefined || type.kind !== Kind.NON_NULL_TYPE
      ? []
      : [[variable.name.value, valueFromAST(defaultValue, typeFromAST(schema, type) as GraphQLInputType)] as const],
  )
}

/** The variables with what was left out, as Mercurius takes them from a hook; undefined where nothing was. */
export function withPresets(
  presets: ReturnType<typeof presetVariables>,
  variables: Readonly<Record<string, unknown>> | undefined,
): { readonly variables: Record<string, unknown> } | undefined {
  const absent = presets.filter(([name]) => variables?.[name] === undefined)
  return absent.length === 0 ? undefined : { variables: { ...variables, ...Object.fromEntries(absent) } }
}
