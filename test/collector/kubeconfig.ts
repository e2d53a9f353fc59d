import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Context {
  readonly server: string
  readonly token?: string
  readonly ca?: string
}

/** Writes a kubeconfig with these contexts, each with a cluster and a user of its own; the first is the current one. */
export function writeKubeconfig(contexts: Readonly<Record<string, Context>>): string {
  const file = join(mkdtempSync(join(tmpdir(), 'kubeconfig-')), 'config')
  const names = Object.keys(contexts)
  const list = Object.entries(contexts)
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': names[0],
    clusters: list.map(([name, { server, ca }]) => ({
      name: `${name}-cluster`,
      cluster: { server, ...(ca === undefined ? {} : { 'certificate-authority-data': Buffer.from(ca).toString('base64') }) },
    })),
    users: list.map(([name, { token }]) => ({ name: `${name}-user`, user: token === undefined ? {} : { token } })),
    contexts: names.map((name) => ({ name, context: { cluster: `${name}-cluster`, user: `${name}-user` } })),
  }
  writeFileSync(file, JSON.stringify(config))
  return file
}
