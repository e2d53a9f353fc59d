// Prisma's schema engine compiled to WebAssembly, for development and tests only: it compares the schema with the
// migrations and with a database. Its module is loaded by hand, because its own entry imports `.wasm`, which Node does not.

import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type pg from 'pg'

interface Engine {
  diff(input: unknown): Promise<{ readonly stdout: string | null }>
  diagnoseMigrationHistory(input: unknown): Promise<Record<string, unknown>>
  devDiagnostic(input: unknown): Promise<{ readonly action: { readonly tag: string } }>
}

interface EngineModule {
  readonly SchemaEngine: { new: (options: unknown, log: (message: string) => void, factory: unknown) => Promise<Engine> }
  __wbg_set_wasm(exports: unknown): void
}

interface WasmRuntime {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ readonly instance: { readonly exports: Record<string, unknown> } }>
}

let loaded: Promise<EngineModule> | undefined

/** Once a process: the module's glue knows a single instance. */
const engineModule = (): Promise<EngineModule> => (loaded ??= loadEngine())

async function loadEngine(): Promise<EngineModule> {
  const folder = dirname(fileURLToPath(import.meta.resolve('@prisma/schema-engine-wasm')))
  const glue = (await import(pathToFileURL(join(folder, 'schema_engine_bg.js')).href)) as EngineModule
  const wasm = (globalThis as unknown as { readonly WebAssembly: WasmRuntime }).WebAssembly
  const { instance } = await wasm.instantiate(readFileSync(join(folder, 'schema_engine_bg.wasm')), { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  const start = instance.exports['__wbindgen_start']
  if (typeof start === 'function') start()
  return glue
}

const textOid = 25
const charOid = 18

/**
 * The adapter with two gaps filled, without which every introspection fails: it refuses columns of type `"char"`, and it
 * splits scripts at each semicolon, also inside function bodies.
 */
async function connect(pool: pg.Pool): Promise<Awaited<ReturnType<PrismaPg['connect']>>> {
  const connection = await new PrismaPg(pool).connect()
  const inner = connection as unknown as { client: pg.Pool }
  const client = inner.client
  let characters: number[] = []
  const query = async (input: pg.QueryArrayConfig): Promise<pg.QueryArrayResult> => {
    const result = await client.query(input)
    characters = result.fields.flatMap((field, index) => (field.dataTypeID === charOid ? [index] : []))
    for (const index of characters) Object.assign(result.fields[index] ?? {}, { dataTypeID: textOid })
    return result
  }
  inner.client = new Proxy(client, { get: (target, key) => (key === 'query' ? query : Reflect.get(target, key)) })
  const queryRaw = connection.queryRaw.bind(connection)
  connection.queryRaw = async (input) => {
    const result = await queryRaw(input)
    for (const index of characters) result.columnTypes[index] = ColumnTypeEnum.Character
    return result
  }
  connection.executeScript = async (sql) => void (await pool.query(sql))
  return connection
}

/** `shadow` gives an empty database for replaying the migrations. */
export async function schemaEngine(pool: pg.Pool, shadow: () => Promise<pg.Pool>): Promise<Engine> {
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(pool),
    connectToShadowDb: async () => connect(await shadow()),
  }
  const { SchemaEngine } = await engineModule()
  return SchemaEngine.new({ datamodels: undefined }, () => {}, bindMigrationAwareSqlAdapterFactory(factory))
}

const filters = { externalTables: [], externalEnums: [] }

const listed = (migrations: readonly { readonly name: string; readonly sql: string }[]): object => ({
  baseDir: 'prisma/migrations',
  lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
  shadowDbInitScript: '',
  migrationDirectories: migrations.map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
  })),
})

/** SQL that leads from the migrations' schema to that of schema.prisma; a comment saying so when there is no difference. */
export async function diffFromMigrations(
  engine: Engine,
  migrations: readonly { readonly name: string; readonly sql: string }[],
): Promise<string> {
  const schema = { path: 'schema.prisma', content: readFileSync('prisma/schema.prisma', 'utf8') }
  const to = { tag: 'schemaDatamodel', files: [schema] }
  const from = { tag: 'migrations', ...listed(migrations) }
  const { stdout } = await engine.diff({ from, to, script: true, shadowDatabaseUrl: null, exitCode: null, filters })
  return stdout ?? ''
}

/** What Prisma thinks of a migrated database's records: edited, failed and unapplied migrations. */
export const diagnose = (
  engine: Engine,
  migrations: readonly { readonly name: string; readonly sql: string }[],
): Promise<Record<string, unknown>> =>
  engine.diagnoseMigrationHistory({ migrationsList: listed(migrations), optInToShadowDatabase: true, filters })

/** What `prisma migrate dev` would do next: `createMigration` when the database is as the migrations make it, `reset` when it drifted. */
export async function nextAction(engine: Engine, migrations: readonly { readonly name: string; readonly sql: string }[]): Promise<string> {
  const { action } = await engine.devDiagnostic({ migrationsList: listed(migrations), filters })
  return action.tag
}
