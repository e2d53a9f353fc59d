import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServiceProcess, startService } from '../house/service-process.js'

/** Where the scripts of attacks are; left out where there are none. */
const attacks = process.env['ATTACK']

describe.skipIf(attacks === undefined)(
  `attacks on the listener (${attacks === undefined ? 'left out: ATTACK names no folder of attacks' : 'scripts that judge'})`,
  () => {
    let service: ServiceProcess
    beforeAll(async () => {
      service = await startService([process.execPath, 'dist/main.js'], '.', { REQUEST_TIMEOUT_MS: '6000' })
    }, 90_000)
    afterAll(() => service?.stop())

    it.each(['hosts', 'parser', 'static', 'half-open', 'slow-headers', 'slow-bodies', 'idle', 'many-sockets'])(
      '%s: every line is held',
      async (name) => {
        const child = spawn(process.execPath, [join(attacks ?? '', 'http/run.mjs'), name, service.url], {
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        let text = ''
        child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part))
        await once(child, 'close')
        // How much slower somebody else was meanwhile depends on what else the machine does: it is told, and not judged here.
        const judged = text.split('\n').filter((line) => line.startsWith(`${name}: `))
        expect(judged.length, text).toBeGreaterThan(0)
        expect(judged.filter((line) => !line.endsWith(': held'))).toEqual([])
      },
      120_000,
    )
  },
)
