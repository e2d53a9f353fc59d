import { SubjectInput } from '#engine/model/groups/subject-input'
import type { Given } from './command.js'
import { failure } from './failure.js'
import { locatePlace } from './locate-source.js'
import { readJson, readShape } from './read-shape.js'
import type { Subject } from './subject.js'

/** How a subject is written on the command line. */
export const subjectForms =
  '`reviews.shop` (a service, `:PORT` for one port of it), `cluster/namespace/workload`, `cluster/namespace` (the only cluster may be left out), `namespace:NAME`, `tenant:NAME`, `spiffe://…`, `gateway:cluster/namespace/name`, `outside`, or JSON'

/** Whom a question is about, and the port that is written behind a service. */
export interface About {
  readonly subject: SubjectInput
  readonly port: number | undefined
}

export async function readSubject(flag: string, text: string | undefined, asked: Subject): Promise<About> {
  if (text === undefined)
    throw failure('input', `\`${flag}\` is missing: whom it is about, such as \`reviews.shop\` or \`west/shop/client\``)
  const { port, ...subject } = await partsOf(flag, text, asked)
  return { subject: readShape(flag, SubjectInput, subject), port }
}

type Parts = Readonly<Record<string, unknown>> & { readonly port?: number }

const words = { 'namespace:': 'namespace', 'tenant:': 'tenant' } as const

async function partsOf(flag: string, text: string, asked: Subject): Promise<Parts> {
  if (text.startsWith('{')) return readJson(flag, text) as Parts
  if (text === 'outside') return { outside: true }
  if (text.startsWith('spiffe://')) return { spiffeId: text }
  for (const [word, field] of Object.entries(words)) if (text.startsWith(word)) return { [field]: text.slice(word.length) }
  if (text.startsWith('gateway:')) return { gateway: (await locatePlace(flag, text, asked)).slice('gateway:'.length) }
  if (!text.includes('/')) return serviceOf(flag, text)
  const [cluster, namespace, ...workload] = (await locatePlace(flag, text, asked)).split('/')
  if ([cluster, namespace, ...workload].some((part) => !part) || workload.length > 2) {
    throw failure('input', `\`${flag} ${text}\`: it is written ${subjectForms}`)
  }
  return { cluster, namespace, ...(workload.length === 0 ? {} : { workload: workload.join('/') }) }
}

function serviceOf(flag: string, text: string): Parts {
  const [host = '', port, ...rest] = text.split(':')
  if (port === undefined) return { host }
  if (rest.length > 0 || !/^\d{1,5}$/.test(port)) throw failure('input', `\`${flag} ${text}\`: \`${port}\` is not a port`)
  return { host, port: Number(port) }
}

/** The port: behind the service, or as `--port` says. */
export function readPort(given: Given, written: number | undefined): number | null {
  const stated = given.value('port')
  if (stated === undefined) return written ?? null
  if (!/^\d{1,5}$/.test(stated)) throw failure('input', `\`--port ${stated}\` is not a port`)
  return Number(stated)
}
