import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import Type from 'typebox'
import { PrunedVersions, PruneRequest, RestoredStore, VerifiedStore } from '#engine/model/stored/kept-store'
import { backUpStore } from '#operations/store/back-up-store'
import { restoreStore } from '#operations/store/restore-store'
import { verifyStore } from '#operations/store/verify-store'
import { pruneVersions } from '#operations/versions/prune-versions'
import type { RestDependencies, Routes } from '../routes.js'
import { NoQuery, problems, TopologyPath } from '../shapes.js'

const tags = ['keeping']
const archive = 'application/x-tar'

/** What keeps the store in order: prune versions, verify everything, take a backup. */
export function keepingRoutes(routes: Routes, dependencies: RestDependencies): void {
  const prune = {
    operationId: 'pruneVersions',
    summary: 'Forget old versions; never the newest, never one that a tag points at',
    tags,
    params: TopologyPath,
    querystring: NoQuery,
    body: PruneRequest,
    response: { 200: PrunedVersions, ...problems(404, 413, 415) },
    'x-notes': { example: { request: { keep: 20, dryRun: true }, answer: { topology: 'shop', numbers: [1, 2], dryRun: true } } },
  }
  routes.post('/topologies/:name/prune', { schema: prune }, async (request) =>
    pruneVersions(dependencies.of(request), request.params.name, request.body),
  )

  const verify = {
    operationId: 'verifyStore',
    summary: 'Read everything that is stored, and say what is damaged',
    tags,
    querystring: NoQuery,
    response: { 200: VerifiedStore, ...problems() },
    'x-notes': { example: { answer: { contents: 12, versions: 3, damaged: [] } } },
  }
  routes.get('/verify', { schema: verify }, async (request) => verifyStore(dependencies.of(request)))

  const backup = {
    operationId: 'backUpStore',
    summary: 'Everything that is stored, as of one moment: an archive that `restore` takes',
    tags,
    querystring: NoQuery,
    response: { 200: Type.Unsafe<Readable>({ type: 'string', format: 'binary', title: 'Backup' }), ...problems() },
    'x-notes': { answerType: archive },
  }
  routes.get('/backup', { schema: backup }, async (request, reply) => {
    const bytes = backUpStore(dependencies.of(request))
    return reply
      .type(archive)
      .header('content-disposition', 'attachment; filename="sightline-backup.tar"')
      .header('cache-control', 'no-store')
      .send(Readable.from(bytes, { objectMode: false }))
  })
}

const RestoreQuery = Type.Object(
  { replace: Type.Optional(Type.Boolean({ description: 'in place of the topologies that there are; else the store has to be empty' })) },
  { additionalProperties: false },
)

/** Takes a backup of any length: it goes to a file first, so that nobody waits for a slow sender. */
export function restoreRoute(routes: Routes, dependencies: RestDependencies): void {
  routes.removeAllContentTypeParsers()
  routes.addContentTypeParser(archive, (_request, body, done) => done(null, body))
  const schema = {
    operationId: 'restoreStore',
    summary: 'Put a backup in place of everything, or, where it is damaged, change nothing',
    tags,
    querystring: RestoreQuery,
    response: { 200: RestoredStore, ...problems(409, 415, 422, 507) },
    'x-notes': { requestType: archive, example: { answer: { topologies: 1, versions: 3, contents: 12 } } },
  }
  routes.post('/restore', { schema }, async (request) => {
    const needs = dependencies.of(request)
    const folder = await mkdtemp(join(tmpdir(), 'sightline-restore-'))
    try {
      const file = join(folder, 'backup.tar')
      await pipeline((request.body as Readable | undefined) ?? [], createWriteStream(file, { mode: 0o600 }))
      return await restoreStore(needs, createReadStream(file), request.query.replace === true)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
}
