import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPath } from '#cli/read-path'
import { AppError } from '#engine/model/app-error'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sightline-read-path-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

const write = (path: string, text = '{}'): void => {
  const file = join(directory, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

const including = (...patterns: readonly string[]): string =>
  `apiVersion: sightline/v1\nkind: Topology\nclusters:\n  - name: west\n    resources: [${patterns.map((pattern) => `{ include: '${pattern}' }`).join(', ')}]\n`

const failure = async (path: string): Promise<AppError> => {
  try {
    await readPath(path)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('it was read')
}

describe('a document from the file system', () => {
  it('is a directory’s topology.yaml with the files that it includes', async () => {
    write('topology.yaml', including('west/**/*.yaml', 'more.json'))
    for (const path of ['west/a.yaml', 'west/deep/b.yaml', 'west/notes.txt', 'east/c.yaml', 'more.json']) write(path, `# ${path}`)
    const upload = await readPath(directory)
    expect(upload).toMatchObject({ mediaType: 'application/yaml', name: 'topology.yaml' })
    expect(upload.files?.map(({ path, body }) => [path, new TextDecoder().decode(body)])).toEqual([
      ['more.json', '# more.json'],
      ['west/a.yaml', '# west/a.yaml'],
      ['west/deep/b.yaml', '# west/deep/b.yaml'],
    ])
  })

  it('is a file of either form', async () => {
    write('mesh.json', JSON.stringify({ clusters: [{ resources: [{ include: 'a.yaml' }] }] }))
    write('a.yaml')
    expect(await readPath(join(directory, 'mesh.json'))).toMatchObject({
      mediaType: 'application/json',
      name: 'mesh.json',
      files: [{ path: 'a.yaml' }],
    })
  })

  it.each(['../a.yaml', 'a/../../a.yaml', '/etc/passwd', '~/a.yaml', 'C:/a.yaml', '..\\a.yaml'])('may not include %s', async (pattern) => {
    write('topology.yaml', including(pattern))
    const { code, details } = await failure(directory)
    expect(code).toBe('DOCUMENT_INVALID')
    expect(details.errors).toMatchObject([{ code: 'INCLUDE_ESCAPES', source: { file: 'topology.yaml' } }])
  })

  it('passes over links, and refuses a way through one', async () => {
    write('topology.yaml', including('*.yaml'))
    symlinkSync('/etc/hostname', join(directory, 'a.yaml'))
    expect((await readPath(directory)).files).toEqual([])
    write('topology.yaml', including('elsewhere/hostname'))
    symlinkSync('/etc', join(directory, 'elsewhere'))
    expect((await failure(directory)).details.errors).toMatchObject([{ code: 'INCLUDE_ESCAPES' }])
  })

  it('that does not exist is a clear error', async () => {
    expect((await failure(join(directory, 'none'))).message).toContain('there is no file or directory')
    expect((await failure(directory)).message).toContain('has no `topology.yaml`')
  })

  it('that cannot be parsed is handed on as it is, for its reader to say what is wrong', async () => {
    write('topology.yaml', 'include: [')
    expect(await readPath(directory)).toMatchObject({ name: 'topology.yaml', files: [] })
  })
})
