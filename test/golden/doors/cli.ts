import { operator } from '../../../src/access/operator.js'
import { run } from '#cli/run'
import { endless } from '#formats/text/screen'
import { createInProcessAnalyst } from '#analyst/in-process'
import type { IdentityTrust } from '../../../src/engine/model/identity-trust.js'
import type { ProxyConfig } from '../../../src/engine/model/proxy-config.js'
import type { DestinationInput, IdentityInput, SourceInput } from '../../../src/engine/model/question.js'
import type { Reachability } from '../../../src/engine/model/reachability.js'
import type { Report } from '../../../src/engine/model/report.js'
import type { ServiceVisibility } from '../../../src/engine/model/visibility.js'
import type { Door, OpenDoor } from '../door.js'

/** The command line on the folder, as a person would call it, in this process. */
export const cliDoor = (): Door => {
  const analyst = createInProcessAnalyst()
  const now = (): number => Date.parse('2026-11-20T00:00:00Z')

  /** The answer, whose exit code has to be the one that its verdict stands for. */
  const call = async <T extends object>(isGood: (answer: T) => boolean, ...words: readonly string[]): Promise<T> => {
    let [results, messages] = ['', '']
    const out = async (chunk: string | Uint8Array): Promise<void> =>
      void (results += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'))
    const err = (text: string): void => void (messages += text)
    const code = await run([...words, '--format', 'json'], {
      analyst,
      now,
      caller: operator,
      out,
      err,
      screen: endless,
      environment: {},
    })
    if (code > 1 || messages !== '') throw new Error(`sightline ${words.join(' ')} ends with ${code}: ${messages}`)
    const answer = JSON.parse(results) as T
    if ((code === 0) !== isGood(answer)) throw new Error(`sightline ${words.join(' ')} ends with ${code} and says ${results}`)
    return answer
  }

  const open = async (folder: string): Promise<OpenDoor> => {
    const report = (): Promise<Report> => call<Report>(({ verdict }) => verdict !== 'FAIL', 'validate', folder)
    return {
      reachability: (from, to, at) =>
        call<Reachability>(
          ({ verdict }) => verdict === 'REACHABLE',
          'trace',
          folder,
          ...sourceWords(from),
          ...destinationWords(to),
          '--at',
          at,
        ),
      visibility: async (from) => {
        const { services, hidden } = await call<ServiceVisibility>(seesAny, 'visible', folder, ...sourceWords(from), '--endpoints')
        return { services, hidden }
      },
      trust: (client, server, at) =>
        call<IdentityTrust>(isTrusted, 'trust', folder, '--client', identityWord(client), '--server', identityWord(server), '--at', at),
      proxyConfig: (from) => call<ProxyConfig>(isAnswer, 'proxy-config', folder, ...(from === undefined ? [] : sourceWords(from))),
      deployment: async () => undefined,
      report,
      findings: async () => (await report()).findings,
    }
  }
  return { name: 'command line', open, close: () => analyst.close() }
}

const isAnswer = (): boolean => true
const seesAny = ({ services }: ServiceVisibility): boolean => services.length > 0
const isTrusted = ({ verdict }: IdentityTrust): boolean => verdict === 'TRUSTED'

const keysOf = (value: object): string => Object.keys(value).toSorted().join()

/** In short where it can be said in short, else as JSON. */
function sourceWords(from: SourceInput): readonly string[] {
  const { cluster, namespace, workload, gateway } = from
  if (keysOf(from) === 'gateway') return ['--from', `gateway:${gateway}`]
  const short = ['cluster,namespace', 'cluster,namespace,workload'].includes(keysOf(from))
  return ['--from', short ? [cluster, namespace, ...(workload ? [workload] : [])].join('/') : JSON.stringify(from)]
}

function destinationWords({ host, port, protocol, method, path, headers }: DestinationInput): readonly string[] {
  return [
    '--to',
    `${host.includes(':') ? `[${host}]` : host}${port ? `:${port}` : ''}`,
    ...(protocol ? ['--protocol', protocol] : []),
    ...(method ? ['--method', method] : []),
    ...(path ? ['--path', path] : []),
    ...(headers ?? []).flatMap(({ name, value, absent }) => (absent ? ['--no-header', name] : ['--header', `${name}=${value}`])),
  ]
}

function identityWord(identity: IdentityInput): string {
  const { cluster, namespace, serviceAccount, spiffeId } = identity
  if (keysOf(identity) === 'cluster,namespace,serviceAccount') return `${cluster}/${namespace}/${serviceAccount}`
  if (keysOf(identity) === 'spiffeId') return `${spiffeId}`
  return keysOf(identity) === 'cluster,spiffeId' ? `${cluster}=${spiffeId}` : JSON.stringify(identity)
}
