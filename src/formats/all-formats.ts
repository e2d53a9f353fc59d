import type { Format } from './format.js'
import { github } from './github.js'
import { gitlab } from './gitlab.js'
import { json } from './json.js'
import { junit } from './junit.js'
import { markdown } from './markdown.js'
import { sarif } from './sarif.js'
import { text } from './text.js'

/** Every form of a report; the first is what is written unless another is asked for. */
export const allFormats: readonly Format[] = [json, sarif, junit, gitlab, github, markdown, text]

export const formatNames: readonly string[] = allFormats.map(({ name }) => name)

export const findFormat = (name: string): Format | undefined => allFormats.find((format) => format.name === name)
