import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

const prefix = 'sightline-tests-'

/** Gives tests a directory for temporary files of their own, open to every user as the system's is, and takes away with it what they leave. */
export function setup(): () => void {
  // Each of vitest's projects comes by, and one is enough: a socket's path has little room.
  if (basename(tmpdir()).startsWith(prefix)) return () => {}
  const scratch = mkdtempSync(join(tmpdir(), prefix))
  chmodSync(scratch, 0o1777)
  process.env['TMPDIR'] = scratch
  return () => rmSync(scratch, { recursive: true, force: true })
}
