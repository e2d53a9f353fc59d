import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Gives tests a directory for temporary files of their own, open to every user as the system's is, and takes away with it what they leave. */
export function setup(): () => void {
  const scratch = mkdtempSync(join(tmpdir(), 'sightline-tests-'))
  chmodSync(scratch, 0o1777)
  process.env['TMPDIR'] = scratch
  return () => rmSync(scratch, { recursive: true, force: true })
}
