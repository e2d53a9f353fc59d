import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const mostFiles = 35

const generated = (file: string): boolean => /(^|\/)generated\//.test(file)
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !generated(file))
  .map((file) => join('src', file))

/** Begin something when they are loaded, and export nothing. */
const entrances = ['src/main.ts', 'src/demo.ts', 'src/cli/main.ts', 'src/cli/launch/main.ts', 'src/analyst/analyst-worker.ts']

/** Lists of things of one kind, each of which has a name of its own: the file is named after what it lists. */
const registers: Readonly<Record<string, string>> = {
  'src/analyst/messages.ts': 'what the threads send each other',
  'src/formats/parts/tell.ts': 'how parts are made',
  'src/formats/markdown/escape.ts': 'how what users wrote stands in Markdown',
  'src/formats/text/rows.ts': 'rows of a text, with and without a head',
  'src/rest/shapes.ts': 'parameters and bodies that routes share',
  'src/graphql/resolvers/groups.ts': 'the questions that are turned round',
  'src/graphql/resolvers/groups-of-each.ts': 'the same about all things of a page',
  'src/graphql/resolvers/questions.ts': 'the questions that a version answers',
  'src/engine/model/stored/kept-store.ts': 'what keeping the store in order answers',
  'src/engine/model/topology/fields.ts': 'what fields of a document hold',
  'src/engine/model/topology/assertion-side.ts': 'who may stand on either side of an assertion',
  'src/engine/model/stored/stored-version.ts': 'what is stored of a version, and how it is named',
  'src/engine/manifests/reading-notes.ts': 'what is noted while a document is read',
  'src/engine/manifests/parsing/yaml/characters.ts': 'the characters that mean something in YAML',
  'src/engine/manifests/parsing/yaml/nesting.ts': 'what is open around the place that is read',
  'src/engine/resources/kinds-without-effect.ts': 'kinds that nothing here depends on',
  'src/engine/snapshot/releases.ts': 'what changed from release to release',
  'src/engine/snapshot/control-planes/istio-objects.ts': 'the kinds that a control plane reads as its configuration',
  'src/engine/istiod/matching/hosts.ts': 'the ways in which hosts are compared',
  'src/engine/analysis/call/stage-values.ts': 'what each stage hands to the next',
  'src/engine/rules/document/inconsistent-facts.ts': 'rules about facts that contradict each other',
  'src/engine/rules/document/object-shapes.ts': 'rules about objects that cannot be read',
  'src/engine/rules/contests/covers-match.ts': 'when one match takes all that another is for',
  'src/engine/rules/contests/routes-of-one-host.ts': 'who contests a host',
  'src/engine/rules/contests/sidecar-not-as-meant.ts': 'rules about Sidecars that say something else than they seem to',
  'src/engine/rules/destinations/consumers-of-routes.ts': 'whose proxies use a route',
  'src/engine/rules/destinations/tell-fault.ts': 'the words for faults of destinations',
  'src/engine/rules/validation/fields.ts': 'how validation reads the fields of an object',
  'src/engine/rules/validation/common-parts.ts': 'what several kinds have in common',
  'src/engine/rules/validation/texts.ts': 'texts that routes match and set',
  'src/engine/rules/validation/http-features.ts': 'what a route of HTTP may do besides',
  'src/engine/rules/validation/policy-conditions.ts': 'what a rule of a policy may be about',
}

const exported = /^export (?:declare )?(?:async )?(?:const|function\*?|class|interface|type|enum) (\w+)/gm
const exportsOf = (file: string): readonly string[] => [...readFileSync(file, 'utf8').matchAll(exported)].map(([, name = '']) => name)

const singular = (word: string): string =>
  word
    .replace(/ies$/, 'y')
    .replace(/(?<=s|x|ch)es$/, '')
    .replace(/(?<!s)s$/, '')

const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase()
    .split('-')
    .map(singular)

/** `remote-secrets` is named after `remoteSecretsOf`: all of its words are there, in their order. */
function isNamedAfter(file: string, name: string): boolean {
  const words = wordsOf(basename(file, '.ts').replace(/\.d$/, ''))
  let found = 0
  for (const word of wordsOf(name)) if (word === words[found]) found += 1
  return found === words.length
}

describe('the rooms', () => {
  it(`hold at most ${mostFiles} files each`, () => {
    const counts = new Map<string, number>()
    for (const file of sources) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1)
    expect([...counts].filter(([, count]) => count > mostFiles)).toEqual([])
    expect(counts.size).toBeGreaterThan(20)
  })

  it('hold files that are named after what they export, or are registers', () => {
    const strangers = sources.filter(
      (file) => !entrances.includes(file) && !(file in registers) && !exportsOf(file).some((name) => isNamedAfter(file, name)),
    )
    expect(strangers.map((file) => `${file}: ${exportsOf(file).join(' ')}`)).toEqual([])
  })

  it('have no register that is gone, that lists nothing, or that is named after what it exports', () => {
    expect(Object.keys(registers).filter((file) => !sources.includes(file))).toEqual([])
    expect(Object.keys(registers).filter((file) => exportsOf(file).some((name) => isNamedAfter(file, name)))).toEqual([])
    expect(entrances.filter((file) => exportsOf(file).length > 0)).toEqual([])
  })
})
