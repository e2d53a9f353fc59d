import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { contextNames } from '#collector/draft/context-names'
import { type Draft, draftTopology } from '#collector/draft/draft-topology'
import { saveNewFile } from '#collector/draft/save-new-file'
import { many } from '#formats/text/many'
import type { Command, Surroundings } from '../command.js'
import { failure } from '../failure.js'
import { walkDirectory } from '../input/walk-directory.js'
import { kubeconfigFiles } from '../kubeconfig-files.js'
import { formatFlag } from '../print-answer.js'
import { validate } from './validate.js'

const name = 'topology.yaml'
/** All names under which a directory holds a document. */
const documentNames = [name, 'topology.yml', 'topology.json']

export const init: Command = {
  name: 'init',
  says: 'write a first topology.yaml for a directory of manifests',
  operands: ['DIR'],
  examples: ['sightline init .', 'sightline init deploy --format json'],
  flags: { format: formatFlag },
  notes: [
    'Finds which folders are clusters: those that an installation, a remote secret or meshNetworks names, or a context of the kubeconfig that is also',
    'called as clusters are, those in a folder `clusters`, or those side by side that are called after places, roles or environments and hold the same',
    'objects; with those beside them that are called alike, which the file calls a guess; or which files are, by the same signs; else all is one',
    'cluster. What Helm values say of mesh, networks and the addresses of their gateways is stated; the rest is left as comments. Asks nothing,',
    'overwrites nothing, and validates at once, with the exit codes of `validate`.',
  ],
  run: async (given, surroundings) => {
    const [directory = ''] = given.operands
    checkDirectory(directory)
    const draft = draftTopology(filesBelow(directory), await contextNames(kubeconfigFiles(surroundings.environment).paths))
    if (draft.files === 0) {
      throw failure('input', `\`${directory}\` holds no Kubernetes objects: \`sightline collect\` reads them from live clusters`)
    }
    const file = join(directory, name)
    if (!(await saveNewFile(file, draft.text))) throw failure('input', `there is a \`${file}\` already`)
    tell(surroundings, file, draft)
    return validate.run(given, surroundings)
  },
}

function checkDirectory(directory: string): void {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw failure('input', `there is no directory \`${directory}\``)
  const known = documentNames.find((one) => existsSync(join(directory, one)))
  if (known !== undefined)
    throw failure('input', `there is a \`${join(directory, known)}\` already: \`sightline validate ${directory}\` says what is in it`)
}

const filesBelow = (directory: string) =>
  walkDirectory(directory)
    .files.filter(({ path }) => /\.(?:ya?ml|json)$/i.test(path))
    .map(({ file, ...found }) => ({ ...found, body: readFileSync(file) }))

const whereOf = ({ folders, files = folders }: Draft['clusters'][number]): string => {
  const [place = ''] = files
  return place === '' ? '' : ` in \`${place}\`${files.length > 1 ? ' and others' : ''}`
}

function tell({ err }: Surroundings, file: string, { clusters, files, alternatives }: Draft): void {
  const each = clusters.map((one) => `\`${one.name}\`${whereOf(one)} (${one.because})`)
  err(`wrote \`${file}\`: ${many(files, 'file')} of ${many(clusters.length, 'cluster')}, ${each.join(', ')}\n`)
  const [first] = alternatives
  if (first === undefined) return
  const which = `${many(alternatives.length, 'file')}, \`${first}\`${alternatives.length > 1 ? ' and others' : ''}`
  err(
    `left out ${which}, of which another file of the cluster holds an object differently: where they are of other clusters, give each cluster a folder of its own\n`,
  )
}
