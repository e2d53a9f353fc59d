import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { Problem } from '../model/app-error.js'
import type { SourcePlace } from '../model/resource-ref.js'
import { AssertionHeader } from '../model/topology/assertion-header.js'
import { assertionFaults } from './assertion-faults.js'
import { documentInvalid, isProblem, type Origin, placeFaults } from './document-fault.js'
import type { DocumentText } from './document-text.js'
import { type PointerTrie, pointerTrie } from './parsing/pointer-trie.js'
import { readBody } from './read-body.js'
import { isRecord } from './raw-object.js'
import { schemaFaults } from './schema-faults.js'

const expected = 'a list of assertions'

const Assertions = Type.Array(AssertionHeader, { maxItems: 1000 })
let compiled: ReturnType<typeof Compile<typeof Assertions>> | undefined

/** One that is sent along, with where it is written. */
export type SentAssertion = AssertionHeader & { readonly source?: SourcePlace }

/** Assertions that are sent along with a document: a list of them, or an object whose `assertions` is one; an empty object brings none. */
export function readAssertions(text: DocumentText): readonly SentAssertion[] | Problem {
  const body = readBody(text, expected)
  if (isProblem(body)) return body
  const [document, another] = body.documents
  const origin = { file: text.name ?? null, document: another ?? document }
  if (another !== undefined) {
    return documentInvalid(
      placeFaults([{ code: 'DOCUMENT_REPEATED', detail: `${expected} is expected, and a second document begins here`, path: [] }], origin),
    )
  }
  const { value } = document
  const isInside = isRecord(value) && Object.keys(value).every((key) => key === 'assertions')
  const list: unknown = isInside ? ('assertions' in value ? value['assertions'] : []) : value
  const path = isInside ? ['assertions'] : []
  compiled ??= Compile(Assertions)
  const faults = compiled.Check(list) ? assertionFaults(list, []) : schemaFaults(Assertions, list, compiled.Errors(list), expected)
  if (faults.length === 0) return placed(list as readonly AssertionHeader[], path, origin)
  return documentInvalid(
    placeFaults(
      faults.map((fault) => ({ ...fault, path: [...path, ...fault.path] })),
      origin,
    ),
  )
}

/** Found in one walk over the document. */
function placed(list: readonly AssertionHeader[], path: readonly string[], { file, document }: Origin): readonly SentAssertion[] {
  const trie = pointerTrie(list.map((_, position) => [...path, position]))
  const places = document.locate(trie)
  const inside = path.reduce<PointerTrie | undefined>((node, part) => node?.children.get(part), trie)
  return list.map((assertion, position) => {
    const node = inside?.children.get(String(position))
    const line = (node === undefined ? undefined : places.get(node)?.line) ?? document.lineOf()()
    return { ...assertion, source: { file, line } }
  })
}
