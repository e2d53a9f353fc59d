/** Why and where reading a YAML text stopped. */
export interface Refusal {
  readonly code: string
  readonly detail: string
  readonly offset: number
}

/** Stops reading a YAML text; `parse-yaml.ts` is the only one that catches it. */
export const refuseYaml = (offset: number, code: string, detail: string): never => {
  const refusal: Refusal = { code, detail, offset }
  throw Object.assign(new Error(detail), { refusal })
}

export const refusalOf = (error: unknown): Refusal | undefined =>
  error instanceof Error && 'refusal' in error ? (error.refusal as Refusal) : undefined
