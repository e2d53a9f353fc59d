import type { Server } from '../server/server.js'
import { setTimeout as wait } from 'node:timers/promises'
import { createAskApiServer } from '#collector/ask-api-server'
import { collectCluster, type CollectedObjects } from '#collector/collect-cluster'
import { type NamedCluster, nameClusters, type ReadContext } from '#collector/name-clusters'
import { type KubeContext, openKubeconfig } from '#collector/open-kubeconfig'
import type { KubeconfigFiles } from '#collector/read-kubeconfig'
import { refuseOthers, saveDirectory } from '#collector/save-directory'
import { collectionDocument, collectionFiles, collectionToSend } from '#collector/collection-files'
import { writeRbac } from '#collector/write-rbac'
import { appendDocument } from '../append-document.js'
import type { Command, Given, Surroundings } from '../command.js'
import { askServer } from '../ask-server.js'
import { exitCodes, failure, failureOf } from '../failure.js'
import { kubeconfigFiles } from '../kubeconfig-files.js'
import { ownServerFlags, serverFor } from '../own-server.js'
import { formatFlag, printAnswer } from '../print-answer.js'
import { tellAppended } from '../print/appended.js'
import { readTopologyName } from '../topology-name.js'

export const collect: Command = {
  name: 'collect',
  says: 'read live clusters by kubeconfig into a topology',
  operands: [],
  examples: [
    'sightline collect --context west --context east --out mesh',
    'sightline collect --context admin@gke-1=west --namespace shop --namespace bank --out mesh --force',
    'sightline collect --context west --push shop --server http://127.0.0.1:8080',
    'sightline collect --out - | sightline trace - --from west/shop/client --to reviews.shop:9080',
    'sightline collect --rbac | kubectl apply -f -',
  ],
  flags: {
    context: {
      takes: 'NAME[=CLUSTER]',
      repeats: true,
      says: 'a context of the kubeconfig, and what to call its cluster; the current one unless stated',
    },
    namespace: { takes: 'NAME', repeats: true, says: 'read only these namespaces, and Istio’s' },
    out: { takes: 'DIR', says: 'where the files go, `-` for one document on standard output; `collected` unless stated' },
    force: { says: 'replace the earlier collection in DIR' },
    push: { takes: 'TOPOLOGY', says: 'append a version to this topology on a server instead' },
    ...ownServerFlags,
    message: { takes: 'TEXT', says: 'why this version, with `--push`' },
    kubeconfig: { takes: 'FILE', says: 'the kubeconfig; unless stated the files of KUBECONFIG, or ~/.kube/config' },
    rbac: { says: 'print the roles that reading needs, as manifests, and read nothing' },
    format: formatFlag,
  },
  notes: [
    'Only lists are asked for, nothing is changed. Secrets are reduced to public certificates and API server addresses before anything is',
    'written; they and ConfigMaps are read in the namespaces of istiod alone. A cluster is called as stated, else as its Istio calls it, else',
    'after its context. A kind that may not be read is marked in the document as `unread`: what it could decide is then UNDETERMINED. With',
    '`--namespace` the others are marked so as well. A cluster in which nothing is found is written as an empty one. Exits with 2 for a wrong',
    'kubeconfig or context, with 3 where no API server answers, with 4 where there are no credentials, they are not taken, or may read nothing;',
    'nothing is written then.',
  ],
  run: async (given, surroundings) => {
    if (given.has('rbac')) {
      await surroundings.out(writeRbac(given.values('namespace')))
      return exitCodes.fine
    }
    const out = await readDestination(given, surroundings)
    const contexts = await readContexts(given, surroundings)
    const read = await Promise.all(contexts.map((context) => readCluster(given, surroundings, context)))
    const clusters = nameClusters(read, failure)
    for (const { context, name, namedBy } of clusters) surroundings.err(`context \`${context}\` is cluster \`${name}\`, ${namedBy}\n`)
    await deliver(given, surroundings, out, clusters)
    return exitCodes.fine
  },
}

type Destination =
  | { readonly kind: 'DIRECTORY'; readonly path: string }
  | { readonly kind: 'OUT' }
  | { readonly kind: 'SERVER'; readonly server: Server; readonly topology: string }

/** Checked before anything is read: nobody should wait for a collection that has no place. */
async function readDestination(given: Given, surroundings: Surroundings): Promise<Destination> {
  const push = given.value('push')
  if (push !== undefined) {
    if (given.has('out')) throw failure('input', '`--out` and `--push` are two places: state one')
    const [server, topology] = [serverFor(given, surroundings), readTopologyName(push, `--push ${push}`)]
    await findServer(server, topology)
    return { kind: 'SERVER', server, topology }
  }
  if (given.has('server')) throw failure('input', '`--server` is where `--push NAME` sends the collection: state a name')
  const path = given.value('out') ?? 'collected'
  if (path === '-') return { kind: 'OUT' }
  await refuseOthers(path, path, given.has('force'), failure)
  return { kind: 'DIRECTORY', path }
}

/** Whether anybody is there; that the topology is not, or may not be read, is no matter. */
async function findServer(server: Server, topology: string): Promise<void> {
  try {
    await askServer(server, { method: 'GET', path: `/v1/topologies/${topology}` })
  } catch (error) {
    if (failureOf(error)?.exitCode !== exitCodes.forbidden && failureOf(error)?.exitCode !== exitCodes.input) throw error
  }
}

interface Wanted {
  readonly context: KubeContext
  readonly stated: string | undefined
}

async function readContexts(given: Given, { environment }: Surroundings): Promise<readonly Wanted[]> {
  const asked = given.values('context').map(splitName)
  const contexts = await openKubeconfig(
    kubeconfigs(given, environment),
    asked.map(({ name }) => name),
    failure,
  )
  return contexts.map((context, position) => ({ context, stated: asked[position]?.stated }))
}

/** Contexts may have any name but one with `=` near its end that is meant as such; cluster names are plain. */
function splitName(written: string): { readonly name: string; readonly stated: string | undefined } {
  const at = written.lastIndexOf('=')
  if (at < 0) return { name: written, stated: undefined }
  const stated = written.slice(at + 1)
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/.test(stated)) {
    throw failure('input', `\`--context ${written}\`: \`${stated}\` is no name for a cluster: letters, digits, \`.\`, \`_\` and \`-\``)
  }
  return { name: written.slice(0, at), stated }
}

const kubeconfigs = (given: Given, environment: Surroundings['environment']): KubeconfigFiles => {
  const stated = given.value('kubeconfig')
  return stated === undefined ? kubeconfigFiles(environment) : { paths: [stated], as: 'STATED' }
}

const pageSize = 500

async function readCluster(given: Given, { err }: Surroundings, { context, stated }: Wanted): Promise<ReadContext> {
  const objects = await collectCluster({
    ask: createAskApiServer(context, failure),
    namespaces: given.values('namespace'),
    pageSize,
    wait: (milliseconds) => wait(milliseconds),
    progress: (kind, count, unread) => {
      if (unread !== undefined) err(`${context.name}: ${kind}: could not be read: ${unread}\n`)
      else if (count > 0) err(`${context.name}: ${kind}: ${count}\n`)
    },
  })
  if (objects.readKinds === 0) throw nothingRead(context, objects)
  for (const absent of objects.absentNamespaces) err(`${context.name}: there is no namespace \`${absent}\`\n`)
  if (objects.objects.length === 0) err(`${context.name}: nothing was found: the cluster is written as an empty one\n`)
  return { ...objects, context: context.name, server: context.server, stated }
}

/** Who may read nothing, and what is no API server or a broken one, tell nothing of a cluster: that is not an empty one. */
function nothingRead({ name, server, user }: KubeContext, { unread }: CollectedObjects): Error {
  const [reason] = unread.flatMap((one) => (one.exceptNamespaces === undefined && one.reason !== 'forbidden' ? [one.reason] : []))
  if (unread.length === 0 || reason !== undefined) {
    const said = reason === undefined ? 'it serves none of the kinds that are read' : `it says ${reason}`
    return failure('unreachable', `the API server at ${server} (context \`${name}\`) gives nothing: ${said}`)
  }
  return failure(
    'forbidden',
    `user \`${user}\` of context \`${name}\` may read nothing of the cluster (forbidden): \`sightline collect --rbac\` prints the roles that are needed`,
  )
}

async function deliver(given: Given, surroundings: Surroundings, out: Destination, clusters: readonly NamedCluster[]): Promise<void> {
  const { err } = surroundings
  if (out.kind === 'DIRECTORY') {
    const files = collectionFiles(clusters)
    await saveDirectory(out.path, files, given.has('force'), failure)
    err(`wrote ${files.size} file${files.size === 1 ? '' : 's'} to \`${out.path}\`; next: \`sightline validate ${out.path}\`\n`)
    return
  }
  if (out.kind === 'OUT') return surroundings.out(collectionDocument(clusters))
  const body = new TextEncoder().encode(collectionToSend(clusters))
  const appended = await appendDocument(out.server, out.topology, body, { message: given.value('message') }, 'application/json')
  await printAnswer(given, surroundings, appended, tellAppended(false))
}
