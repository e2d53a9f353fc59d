import { type FieldNode, Kind, type OperationDefinitionNode } from 'graphql'

const byDefault = 20
const largest = 100

export interface PageLength {
  readonly items: number
  /** False where a variable says it. */
  readonly fixed: boolean
}

/** How many items the page has at most that this field asks for; a longer one than may be is refused there, its siblings answered. */
export function pageLength(
  field: FieldNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>> | undefined,
): PageLength {
  const first = field.arguments?.find((argument) => argument.name.value === 'first')?.value
  if (first?.kind === Kind.INT) return { items: within(Number(first.value)), fixed: true }
  if (first?.kind !== Kind.VARIABLE) return { items: byDefault, fixed: true }
  return { items: within(Number(variables?.[first.name.value] ?? presetOf(first.name.value, operation))), fixed: false }
}

function presetOf(variable: string, { variableDefinitions }: OperationDefinitionNode): number {
  const preset = variableDefinitions?.find((definition) => definition.variable.name.value === variable)?.defaultValue
  return preset?.kind === Kind.INT ? Number(preset.value) : byDefault
}

const within = (first: number): number => (Number.isNaN(first) ? largest : Math.min(Math.max(first, 1), largest))
