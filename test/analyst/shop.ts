import { createInProcessAnalyst } from '#analyst/in-process'
import type { Analyst, Upload, VersionContent } from '#analyst/analyst'

const controller = (name: string): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'main', image: 'main' }] } },
  },
})

const service = (name: string): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { app: name }, ports: [{ name: 'http', port: 80 }] },
})

/** Two primaries of one mesh; `names` run in west, and `east` holds as many services again. */
export function shopUpload(names: readonly string[] = ['cart', 'web'], east: readonly string[] = []): Upload {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'istio-injection': 'enabled' } } }
  const document = {
    apiVersion: 'sightline/v1',
    kind: 'Topology',
    clusters: [
      {
        name: 'west',
        mesh: 'mesh1',
        controlPlane: { role: 'PRIMARY' },
        remoteSecrets: ['east'],
        resources: [namespace, ...names.flatMap((name) => [controller(name), service(name)])],
      },
      { name: 'east', mesh: 'mesh1', controlPlane: { role: 'PRIMARY' }, remoteSecrets: [], resources: [namespace, ...east.map(service)] },
    ],
  }
  return { body: new TextEncoder().encode(JSON.stringify(document)), mediaType: 'application/json' }
}

export const callTo = (host: string) => ({ from: { cluster: 'west', namespace: 'shop', workload: 'web' }, to: { host, port: 80 } })

/** The upload as a stored version; `loads` counts what was read of it. */
export async function storedVersion(
  upload: Upload,
  analyst: Analyst = createInProcessAnalyst(),
): Promise<VersionContent & { readonly loads: string[][] }> {
  const prepared = await analyst.ask('prepare', { upload })
  if ('problem' in prepared) throw new Error(prepared.problem.message)
  const { contentHash, header, placesDigest, parts, contents } = prepared.value
  const bodies = new Map(contents.map(({ digest, body }) => [digest, body]))
  const loads: string[][] = []
  return {
    contentHash,
    header,
    placesDigest,
    parts,
    loads,
    load: async (digests) => {
      loads.push([...digests])
      return new Map(digests.map((digest) => [digest, bodies.get(digest) as Uint8Array]))
    },
  }
}
