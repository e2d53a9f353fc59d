import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Report } from '../../../src/engine/model/report.js'
import type { ServiceVisibility } from '../../../src/engine/model/visibility.js'
import type { OpenService } from '../../rest/open-service.js'
import type { Door, OpenDoor } from '../door.js'

/** REST of a running service; the topology's one file is its body, so that answers name lines without a file. */
export const restDoor = (service: () => OpenService): Door => ({
  name: 'REST',
  close: () => Promise.resolve(),
  open: async (folder): Promise<OpenDoor> => {
    const { http } = service()
    const versions = `/v1/topologies/${basename(folder)}/versions`
    const appended = await http
      .post(versions)
      .type('application/yaml')
      .send(readFileSync(join(folder, 'topology.yaml'), 'utf8'))
    if (appended.status !== 201) throw new Error(appended.text)

    const ask = async <T>(what: string, body: object): Promise<T> => {
      const answer = await http.post(`${versions}/1/${what}`).send(body)
      if (answer.status !== 200) throw new Error(answer.text)
      return answer.body as T
    }
    return {
      reachability: (from, to, at) => ask('reachability', { from, to, at }),
      visibility: async (from) => {
        const pages: ServiceVisibility[] = []
        for (let after: string | null | undefined; after !== null; after = pages.at(-1)?.page.nextCursor ?? null) {
          pages.push(await ask('visibility', { from, endpoints: true, first: 100, ...(after ? { after } : {}) }))
        }
        return { services: pages.flatMap(({ services }) => services), hidden: pages[0]?.hidden ?? [] }
      },
      trust: (client, server, at) => ask('trust', { client, server, at }),
      proxyConfig: (from) => ask('proxy-config', from === undefined ? {} : { from }),
      deployment: async () => undefined,
      report: () => ask('validate', {}),
      findings: async () => (await ask<Report>('validate', {})).findings,
    }
  },
})
