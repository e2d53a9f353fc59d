import { replaceLines } from './replace-lines.js'
import { hidesSecret } from './hides-secret.js'
import type { TellSecret } from './tell-secret.js'

// `x{32}x*`, never `x{32,}`, nor a group over and over: these remember all that they took, and have nowhere to of millions.
const base64Run = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{32}[A-Za-z0-9+/_-]*={0,2}/g
const hexRun = /(?<![\da-fA-F])(?:[\da-f]{48}[\da-f]*|[\dA-F]{48}[\dA-F]*)(?![\da-fA-F])/g
const encodedLine = /(?<![\w%.~+-])[\w%.~+-]{8}[\w%.~+-]*/g

/** Names, identifiers and digests have none; of 32 characters of base64 without one there is one in ten millions, and keys, tokens and PEM begin with them. */
const capital = /[A-Z]/

/** What a text with any of these has. */
export const encodedSign = /[A-Za-z0-9+/_-]{32}|%[23][\dA-F]/i

/** The text without what is under base64, hex or percent signs and holds a secret there. */
export const cleanEncoded = (text: string, holdsSecret: (text: string) => boolean, tell: TellSecret): string => {
  const without = (run: string, hides: boolean): string => {
    if (hides) tell('ENCODED_SECRET')
    return hides ? '' : run
  }
  let clean = text
  if (capital.test(clean)) {
    const hides = (run: string): boolean => hidesSecret(Buffer.from(run, 'base64'), holdsSecret)
    if (/\n|\\n/.test(clean)) {
      clean = replaceLines(clean, (lines) => without(lines, hides(lines.replaceAll(/\s|\\[rn]/g, ''))))
    }
    clean = clean.replace(base64Run, (run) => without(run, hides(run)))
  }
  clean = clean.replace(hexRun, (run) => without(run, run.length % 2 === 0 && hidesSecret(Buffer.from(run, 'hex'), holdsSecret)))
  if (!/%[23][\dA-F]/i.test(clean)) return clean
  return clean.replace(encodedLine, (run) => without(run, run.includes('%') && percentHides(run, holdsSecret)))
}

const percentHides = (run: string, holdsSecret: (text: string) => boolean): boolean => {
  const decoded = run.replaceAll(/%([\dA-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return decoded !== run && holdsSecret(decoded)
}
