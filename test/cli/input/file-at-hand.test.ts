import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { operator } from '#access/operator'
import { createInProcessAnalyst } from '#analyst/in-process'
import { exitCodes, failureOf } from '#cli/failure'
import { fileAtHand } from '#cli/input/file-at-hand'
import { readObjects } from '#cli/input/read-objects'
import { openForQuestions } from '#operations/documents/open-for-questions'
import { askReachability } from '#operations/questions/ask-reachability'
import { call } from '../call.js'

const directory = mkdtempSync(join(tmpdir(), 'sightline-at-hand-'))
afterAll(() => rmSync(directory, { recursive: true }))
const file = join(directory, 'shop.yaml')
const text = 'apiVersion: v1\nkind: Service\nmetadata: { name: reviews, namespace: shop }\n'
beforeEach(() => writeFileSync(file, text))

const said = (act: () => unknown): readonly [number | undefined, string | undefined] => {
  try {
    act()
  } catch (error) {
    const failed = failureOf(error)
    return [failed?.exitCode, failed?.message]
  }
  throw new Error('nothing was refused')
}

describe('a file at hand', () => {
  it('is read each time that it is asked for', () => {
    const found = fileAtHand(file, { path: 'shop.yaml' })
    expect([found.body, found.body].map((body) => new TextDecoder().decode(body))).toEqual([text, text])
    expect(found.body).not.toBe(found.body)
  })

  it.each<readonly [string, () => void]>([
    ['was written to', () => writeFileSync(file, text.replace('reviews', 'ratings'))],
    ['was written as it was', () => writeFileSync(file, text)],
    [
      'has another in its place',
      () => {
        writeFileSync(`${file}.new`, text)
        renameSync(`${file}.new`, file)
      },
    ],
  ])('that %s since it was read is refused', (_how, change) => {
    const found = fileAtHand(file, { path: 'shop.yaml' })
    expect(found.body).toHaveLength(text.length)
    // A clock of the file system may stand still for some milliseconds.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    change()
    expect(said(() => found.body)).toEqual([exitCodes.input, `\`${file}\` was changed while it was read: ask once more`])
  })

  it('that is gone since it was read is told so', () => {
    const found = fileAtHand(file, { path: 'shop.yaml' })
    expect(found.body).toHaveLength(text.length)
    rmSync(file)
    expect(said(() => found.body)).toEqual([exitCodes.input, `\`${file}\` cannot be read: there is no such file`])
  })
})

/** No pod has what it selects. */
const service = (before: string): string =>
  `${before}apiVersion: v1\nkind: Service\nmetadata: { name: reviews, namespace: shop }\nspec: { selector: { app: nobody }, ports: [{ port: 80 }] }\n`

describe('a report on files', () => {
  /** The number of attempts stands in the seventh of its seven lines. */
  const route = (name: string): string =>
    `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name}, namespace: shop }\nspec:\n  hosts: [${name}]\n  http:\n    - retries: { attempts: many }\n`

  it('has the lines that it has of the same texts held', async () => {
    const files = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => {
      const body = `# ${name}\r\n${['x', 'y', 'z'].map((each) => route(`${name}-${each}`)).join('---\n')}`
      writeFileSync(join(directory, `${name}.yaml`), body)
      return name
    })
    const upload = await readObjects([{ name: 'default', paths: files.map((name) => join(directory, `${name}.yaml`)) }])
    expect(upload.files?.every(({ isReread }) => isReread === true)).toBe(true)
    const held = { ...upload, files: (upload.files ?? []).map(({ path, cluster = '', body }) => ({ path, cluster, named: true, body })) }
    const analyst = createInProcessAnalyst()
    const [read, kept] = await Promise.all([upload, held].map((each) => analyst.validate(each, 0)))
    expect(read).toEqual(kept)
    const found = read !== undefined && 'value' in read ? read.value.findings : []
    const lines = found.filter(({ path }) => path?.endsWith('attempts')).map(({ source }) => source?.line)
    // After a comment, and two lines of `---` between them.
    expect(lines.toSorted()).toEqual(files.flatMap(() => [8, 16, 24]).toSorted())
  })

  it('is refused where one was changed before its lines were told', async () => {
    writeFileSync(file, route('reviews'))
    const upload = await readObjects([{ name: 'default', paths: [file] }])
    const [first] = upload.files ?? []
    expect(first?.body.byteLength).toBeGreaterThan(0)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    writeFileSync(file, `\n\n${route('reviews')}`)
    await expect(createInProcessAnalyst().validate(upload, 0)).rejects.toThrow('was changed while it was read')
  })

  it('is refused where one was changed before the fields of an answer were told', async () => {
    const analyst = createInProcessAnalyst()
    const asking = { analyst, now: () => 0, caller: operator }
    // More files than are held at a time.
    const others = ['a', 'b', 'c', 'd', 'e'].map((name) => join(directory, `${name}.yaml`))
    for (const other of others) writeFileSync(other, `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${other.at(-6)} }\n`)
    const client = join(directory, 'client.yaml')
    writeFileSync(client, 'apiVersion: v1\nkind: Pod\nmetadata: { name: client, namespace: shop }\nspec: { containers: [{ name: a }] }\n')
    writeFileSync(file, service(''))
    const upload = await readObjects([{ name: 'default', paths: [file, client, ...others] }])
    const { content } = await openForQuestions(asking, upload)
    const question = { from: { cluster: 'default', namespace: 'shop', workload: 'client' }, to: { host: 'reviews', port: 80 } }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    writeFileSync(file, service('\n\n'))
    await expect(askReachability(asking, content, question)).rejects.toThrow('was changed while it was read')
  })

  it('reads what is no file, as a pipe, once', async () => {
    const { code, err } = await call(['validate', '/dev/null'])
    expect([code, err]).toEqual([exitCodes.input, expect.stringContaining('/dev/null')])
  })
})
