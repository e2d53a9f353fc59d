import { isRecord } from '../raw-object.js'

/** Does the text hold the words without which nothing in it can be an object? Asked before it is parsed: most files are no manifests. */
export const mayHoldObjects = (text: string): boolean =>
  text.includes('apiVersion') || (text.includes('kind') && (text.includes('metadata') || specKey.test(text)))

const specKey = /^[ \t]*spec[ \t]*:|"spec"/m

const inYaml = [/^(?:- )?["']?apiVersion["']?[ \t]*:/m, /^(?:- )?["']?kind["']?[ \t]*:/m]
const inJson = [/"apiVersion"\s*:/, /"kind"\s*:/]

/** Was a text that cannot be parsed meant to hold objects? */
export const looksLikeObjects = (text: string): boolean => [inYaml, inJson].some((keys) => keys.every((key) => key.test(text)))

/** Lines of a template language, or values that it fills in without quotes. */
const control = /^[ \t]*(?:- )?\{[{%]|:[ \t]+\{\{|\{\{-|\.(?:Values|Release|Chart|Capabilities)\b/m

export const looksLikeTemplate = (text: string): boolean => /\{[{%]/.test(text) && control.test(text)

/** An object, or what one forgot a line of: two of what objects have. */
const resembles = (value: unknown): boolean => {
  if (!isRecord(value)) return false
  const { apiVersion, kind, metadata, spec } = value
  const isOdd = typeof apiVersion !== 'string' && typeof kind !== 'string'
  return (
    !isOdd && [typeof apiVersion === 'string', typeof kind === 'string', isRecord(metadata), isRecord(spec)].filter(Boolean).length >= 2
  )
}

export const resemblesObjects = (value: unknown): boolean => (Array.isArray(value) ? value.some(resembles) : resembles(value))
