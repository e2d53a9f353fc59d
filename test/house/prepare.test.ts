import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

it('an installation without what builds does not fail, and says what does build', () => {
  const empty = mkdtempSync(join(tmpdir(), 'prepare-'))
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('scripts/prepare.mjs')], { cwd: empty, encoding: 'utf8' })
  rmSync(empty, { recursive: true })
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toContain('npm ci && npm prune --omit=dev --omit=optional')
})
