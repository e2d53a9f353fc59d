import type { Version } from './snapshot.js'

/**
 * A release as it is written in a header, a tag of an image or a report: `1.29.5`, `v1.30`, `1.31.0-rc.1`. One without a patch is the
 * newest patch of its minor release. Undefined: the text names none.
 */
export function readVersion(text: string): Version | undefined {
  const parts = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text)
  if (parts === null) return undefined
  const [, major, minor, patch] = parts
  const newestPatch = Number.POSITIVE_INFINITY
  return {
    text: text.replace(/^v/, ''),
    parsed: [Number(major), Number(minor), patch === undefined ? newestPatch : Number(patch)],
    assumed: false,
  }
}
