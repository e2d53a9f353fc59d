import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readDocument } from '#cli/input/read-document'
import { AppError } from '#engine/model/app-error'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sightline-document-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

const write = (path: string, text = '{}'): void => {
  const file = join(directory, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

const including = (...entries: readonly string[]): string =>
  `apiVersion: sightline/v1\nkind: Topology\nclusters:\n  - name: west\n    resources: [${entries.join(', ')}]\n`

const include = (...patterns: readonly string[]): string => including(...patterns.map((pattern) => `{ include: '${pattern}' }`))

const read = (name = 'topology.yaml') => {
  const file = join(directory, name)
  return readDocument(file, readFileSync(file))
}

const faults = (): unknown => {
  try {
    read()
  } catch (error) {
    if (error instanceof AppError) return error.details.errors
    throw error
  }
  throw new Error('it was read')
}

const paths = (): readonly string[] => (read().files ?? []).map(({ path }) => path)

describe('a document from the file system', () => {
  it('comes with the files that it includes, each with its path from the document', () => {
    write('topology.yaml', include('west/**/*.yaml', 'more.json'))
    for (const path of ['west/a.yaml', 'west/deep/b.yml', 'west/notes.txt', 'east/c.yaml', 'more.json']) write(path, `# ${path}`)
    const upload = read()
    expect(upload).toMatchObject({ mediaType: 'application/yaml', name: 'topology.yaml' })
    expect(upload.files?.map(({ path, body }) => [path, new TextDecoder().decode(body)])).toEqual([
      ['more.json', '# more.json'],
      ['west/a.yaml', '# west/a.yaml'],
      ['west/deep/b.yml', '# west/deep/b.yml'],
    ])
  })

  it('may list patterns, exclude some, and ask for a file by its own name', () => {
    write('topology.yaml', including("{ include: ['**/*.yaml', '!**/test/**', objects.txt], exclude: ['{old,older}/**'] }"))
    for (const path of ['a.yaml', 'test/b.yaml', 'old/c.yaml', 'objects.txt', '.hidden/d.yaml']) write(path)
    expect(read().files?.map(({ path, named }) => [path, named])).toEqual([
      ['.hidden/d.yaml', undefined],
      ['a.yaml', undefined],
      ['objects.txt', true],
    ])
  })

  it('tells which of the files that it names it excludes, so that their patterns are no slips', () => {
    write('topology.yaml', including("{ include: [a.yaml, 'old/*.yaml', gone.yaml, '!b/**'], exclude: 'old/**' }"))
    for (const path of ['a.yaml', 'old/c.yaml', 'b/d.yaml']) write(path)
    expect([paths(), read().excluded]).toEqual([['a.yaml'], ['old/c.yaml']])
  })

  it('is read as its files are: a bracket may close at the column of its key', () => {
    write('topology.yaml', 'clusters:\n- name: west\n  resources: [\n    include: a.yaml,\n  ]\n')
    write('a.yaml')
    expect(paths()).toEqual(['a.yaml'])
  })

  it('is a file of either form', () => {
    write('mesh.json', JSON.stringify({ clusters: [{ resources: [{ include: 'a.yaml' }] }] }))
    write('a.yaml')
    expect(read('mesh.json')).toMatchObject({ mediaType: 'application/json', name: 'mesh.json', files: [{ path: 'a.yaml' }] })
  })

  it.each(['../a.yaml', 'a/../../a.yaml', '/etc/passwd', '~/a.yaml', 'C:/a.yaml', String.raw`..\a.yaml`, '!../a.yaml'])(
    'may not include %s',
    (pattern) => {
      write('topology.yaml', include(pattern))
      expect(faults()).toMatchObject([{ code: 'INCLUDE_ESCAPES', source: { file: 'topology.yaml' } }])
    },
  )

  it.each(["{ include: '*', exclude: ../a }", '{ kustomize: ../base }', '{ helm: /charts/shop }', '{ helm: shop, values: ../v.yaml }'])(
    'may not lead out of its directory by %s',
    (entry) => {
      write('topology.yaml', including(entry))
      expect(faults()).toMatchObject([{ code: 'INCLUDE_ESCAPES' }])
    },
  )

  it('follows links that stay inside, and names those that do not', () => {
    write('topology.yaml', include('**/*.yaml', 'gone'))
    write('base/a.yaml')
    symlinkSync('base', join(directory, 'alias'))
    symlinkSync('../base/a.yaml', join(directory, 'base', 'b.yaml'))
    symlinkSync('..', join(directory, 'base', 'up'))
    symlinkSync('/etc', join(directory, 'outside.yaml'))
    symlinkSync('nowhere', join(directory, 'gone'))
    expect(paths()).toEqual(['alias/a.yaml', 'alias/b.yaml', 'base/a.yaml', 'base/b.yaml'])
    expect(read().leftOut).toEqual([
      { path: 'gone', reason: 'LINK' },
      { path: 'outside.yaml', reason: 'LINK' },
    ])
  })

  it('does not look for manifests where other programs keep theirs', () => {
    write('topology.yaml', include('**'))
    for (const path of ['.git/a.yaml', 'node_modules/x/a.yaml', 'a.yaml']) write(path)
    expect(paths()).toEqual(['a.yaml'])
  })

  it('that cannot be parsed is handed on as it is, for its reader to say what is wrong', () => {
    write('topology.yaml', 'include: [')
    expect(read()).toMatchObject({ name: 'topology.yaml', files: [] })
  })
})
