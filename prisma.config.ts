import { defineConfig } from 'prisma/config'

// The native schema engine is neither downloaded nor used: migrations are applied by our own runner at start.
// /bin/false, not /bin/true: with the latter `prisma migrate` would report success without doing anything.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= '/bin/false'

export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' } })
