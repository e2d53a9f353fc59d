import { createRequire } from 'node:module'

/** The package's own version; src/cli and dist/cli are equally far from its package.json. */
export const version = (createRequire(import.meta.url)('../../package.json') as { readonly version: string }).version
