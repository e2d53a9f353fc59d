import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call } from '../call.js'

let directory = ''
const path = process.env['PATH']
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sightline-render-'))
  for (const folder of ['bin', 'overlays/west', 'charts/shop']) mkdirSync(join(directory, folder), { recursive: true })
  process.env['PATH'] = join(directory, 'bin')
})
afterEach(() => {
  process.env['PATH'] = path
  rmSync(directory, { recursive: true })
})

/** A program of this name on the machine, which does what is written in shell. */
const install = (name: string, does: string): void => {
  const file = join(directory, 'bin', name)
  writeFileSync(file, `#!/bin/sh\n${does}\n`)
  chmodSync(file, 0o755)
}

const validate = (entry: string) => {
  writeFileSync(
    join(directory, 'topology.yaml'),
    `apiVersion: sightline/v1\nkind: Topology\nclusters:\n  - name: west\n    resources:\n      - ${entry}\n`,
  )
  return call(['validate', directory, '--format', 'json'])
}

/** Prints a Service named after the words that the program was called with. */
const service = `printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: { name: said }\\ndata: { words: "%s" }\\n' "$*"`

describe('an entry that is rendered by the tools of this machine', () => {
  it('is rendered by kustomize', async () => {
    install('kustomize', `[ "$*" = "build ./overlays/west" ] && ${service}`)
    const { code, out, err } = await validate('{ kustomize: overlays/west }')
    expect([code, err]).toEqual([0, ''])
    expect(JSON.parse(out)).toMatchObject({ counts: { ConfigMap: 1 } })
  })

  it('or by kubectl, where that alone is there', async () => {
    install('kubectl', `[ "$*" = "kustomize ./overlays/west" ] && ${service}`)
    expect(JSON.parse((await validate('{ kustomize: overlays/west }')).out)).toMatchObject({ counts: { ConfigMap: 1 } })
  })

  it('or, a chart, by helm, with its values, its namespace and its name', async () => {
    const words = 'template web ./charts/shop --namespace prod --values a.yaml --values b.yaml'
    install('helm', `[ "$*" = "${words}" ] && ${service}`)
    const { code, out } = await validate('{ helm: charts/shop, values: [a.yaml, b.yaml], namespace: prod, releaseName: web }')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ counts: { ConfigMap: 1 } })
  })

  it.each([
    [
      '{ kustomize: overlays/west }',
      'kustomize',
      'neither is installed here: see https://kubectl.docs.kubernetes.io/installation/kustomize',
    ],
    ['{ helm: charts/shop }', 'helm', 'which is not installed here: see https://helm.sh/docs/intro/install'],
  ])('needs the tool: %s', async (entry, tool, hint) => {
    const { code, out, err } = await validate(entry)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(`is rendered by \`${tool}\``)
    expect(err).toContain(hint)
  })

  it('says what the tool said when it failed', async () => {
    install('helm', 'echo "Error: missing dependency: redis" >&2; exit 1')
    const { code, err } = await validate('{ helm: charts/shop }')
    expect(code).toBe(2)
    expect(err).toBe('sightline: `helm: charts/shop` cannot be rendered: `helm` says: Error: missing dependency: redis\n')
  })

  it('needs the directory', async () => {
    install('helm', service)
    expect((await validate('{ helm: charts/shoop }')).err).toContain('`helm: charts/shoop`: there is no such directory')
  })

  it('takes no flag for a directory or a name', async () => {
    mkdirSync(join(directory, '-x'))
    install('helm', `[ "$*" = "template x ./-x" ] && ${service}`)
    expect((await validate('{ helm: -x }')).code).toBe(0)
  })
})
