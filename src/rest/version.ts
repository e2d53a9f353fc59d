import { readFileSync } from 'node:fs'

/** The package's own version; src/rest and dist/rest are equally far from its package.json. */
export const version = (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string })
  .version
