import { Compile } from 'typebox/compile'
import { HelmEntry, IncludeEntry, KustomizeEntry, type ResourceEntry } from '../model/resource-entry.js'
import type { DocumentFault } from './document-fault.js'
import type { Path } from './parsing/pointer-trie.js'
import { schemaFaults } from './schema-faults.js'

const schemas = { include: IncludeEntry, kustomize: KustomizeEntry, helm: HelmEntry } as const

let compiled: { readonly [K in keyof typeof schemas]: ReturnType<typeof Compile<(typeof schemas)[K]>> } | undefined

/** Compiled on first use: most documents hold their objects. */
const validators = () => (compiled ??= { include: Compile(IncludeEntry), kustomize: Compile(KustomizeEntry), helm: Compile(HelmEntry) })

/** An entry that stands for objects elsewhere, or what is wrong with it; `kind`: what it is meant to be. */
export const checkEntry = (entry: unknown, kind: keyof typeof schemas, path: Path): ResourceEntry | readonly DocumentFault[] => {
  const validator = validators()[kind]
  if (validator.Check(entry)) return entry as ResourceEntry
  return schemaFaults(schemas[kind], entry, validator.Errors(entry), 'the entry').map((fault) => ({
    ...fault,
    path: [...path, ...fault.path],
  }))
}
