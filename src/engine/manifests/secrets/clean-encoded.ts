import { hidesSecret } from './hides-secret.js'
import type { TellSecret } from './tell-secret.js'

const base64Run = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{32,}={0,2}/g
const base64Lines = /(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/]{32,}[ \t]*(?:\\r|\\n|\r?\n)[ \t]*)+[A-Za-z0-9+/]+={0,2}/g
const hexRun = /(?<![\da-fA-F])(?:[\da-f]{2}){24,}(?![\da-fA-F])|(?<![\da-fA-F])(?:[\dA-F]{2}){24,}(?![\da-fA-F])/g
const encodedLine = /(?<![\w%.~+-])[\w%.~+-]{8,}/g

/** Names, identifiers and digests have none; of 32 characters of base64 without one there is one in ten millions, and keys, tokens and PEM begin with them. */
const capital = /[A-Z]/

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
      clean = clean.replace(base64Lines, (lines) => without(lines, hides(lines.replaceAll(/\s|\\[rn]/g, ''))))
    }
    clean = clean.replace(base64Run, (run) => without(run, hides(run)))
  }
  clean = clean.replace(hexRun, (run) => without(run, hidesSecret(Buffer.from(run, 'hex'), holdsSecret)))
  if (!/%[23][\dA-F]/i.test(clean)) return clean
  return clean.replace(encodedLine, (run) => without(run, run.includes('%') && percentHides(run, holdsSecret)))
}

const percentHides = (run: string, holdsSecret: (text: string) => boolean): boolean => {
  const decoded = run.replaceAll(/%([\dA-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return decoded !== run && holdsSecret(decoded)
}
