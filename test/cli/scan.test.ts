import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { call } from './call.js'

const folder = mkdtempSync(join(tmpdir(), 'scan-'))
afterAll(() => rmSync(folder, { recursive: true }))

const canary = 'c4n4ryV4lu3n0b0dyM4ySee'
const file = join(folder, 'app.yaml')
writeFileSync(
  file,
  `apiVersion: v1
kind: ConfigMap
metadata: { name: app, namespace: shop }
data:
  app.properties: |
    db.password=${canary}
  hook: https://hooks.slack.com/services/T0/B0/${canary}
---
apiVersion: v1
kind: Secret
metadata: { name: db, namespace: shop }
stringData:
  password: ${canary}
`,
)

describe('scan', () => {
  it('tells file, line, object, path and kind of what would be removed, and never the value', async () => {
    const { code, out, err } = await call(['scan', file])
    expect(code).toBe(1)
    expect(out + err).not.toContain(canary)
    expect(out.split('\n')).toEqual([
      '3 values would be removed before storing',
      '',
      'removed',
      `  ${file}:5   ConfigMap shop/app at data["app.properties"]  NAMED_VALUE`,
      '      a value whose name says that it is a secret',
      `  ${file}:7   ConfigMap shop/app at data.hook               URL_CREDENTIALS`,
      '      a password, a signature or a token in an address',
      `  ${file}:13  Secret shop/db at stringData.password         SECRET_DATA`,
      '      a value of a Secret, or of what a Secret is made of',
      '',
    ])
  })

  it('answers in JSON what it tells in words', async () => {
    const { code, out } = await call(['scan', file, '--format', 'json'])
    expect(code).toBe(1)
    expect(out).not.toContain(canary)
    const { removed } = JSON.parse(out) as { removed: readonly unknown[] }
    expect(removed[0]).toEqual({
      kind: 'NAMED_VALUE',
      resource: { cluster: 'default', kind: 'ConfigMap', namespace: 'shop', name: 'app' },
      path: 'data["app.properties"]',
      file,
      line: 5,
    })
  })

  it('exits with 0 where there is none', async () => {
    const clean = join(folder, 'clean.yaml')
    writeFileSync(
      clean,
      'apiVersion: v1\nkind: Service\nmetadata: { name: a, namespace: shop }\nspec: { ports: [{ name: http, port: 80 }] }\n',
    )
    expect(await call(['scan', clean])).toMatchObject({ code: 0, out: 'nothing would be removed\n' })
  })
})
