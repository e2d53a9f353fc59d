export type Record = Readonly<{ [key: string]: unknown }>

export const isRecord = (value: unknown): value is Record => typeof value === 'object' && value !== null && !Array.isArray(value)
