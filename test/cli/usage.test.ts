import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { allCommands } from '#cli/all-commands'
import { exitCodes } from '#cli/failure'
import { version } from '#cli/version'
import { settingMeanings } from '#config'
import { call } from './call.js'
import { writeShop } from './shop.js'

const folder = writeShop()
afterAll(() => rmSync(folder, { recursive: true }))
const traced = ['trace', folder, '--from', 'west/shop/client', '--to', 'reviews:9080']

describe('a mistake in the usage ends with 2, says nothing on stdout, and', () => {
  it.each([
    ['names the command that was probably meant', ['trac', 'x'], 'there is no command `trac`; did you mean `trace`?'],
    ['knows that letters change places', ['tarce', 'x'], 'there is no command `tarce`; did you mean `trace`?'],
    ['names the word that was probably meant', ['versoin'], 'there is no command `versoin`; did you mean `version`?'],
    ['names the command that help was probably meant for', ['help', 'trst'], 'there is no command `trst`; did you mean `trust`?'],
    ['says that a command comes first', ['--format', 'json'], 'a command comes first'],
    ['names the flag that was probably meant', ['trace', 'x', '--frm', 'a/b/c'], 'there is no flag `--frm`; did you mean `--from`?'],
    ['knows no short flags but -h', ['trace', 'x', '-f', 'a'], 'there is no flag `-f`'],
    ['does not take an object’s own members for flags', ['trace', 'x', '--constructor'], 'there is no flag `--constructor`'],
    ['names what is missing', ['validate'], 'PATH is missing'],
    ['names what is too much', ['export', 'a', 'b'], '`b` is one word too many'],
    ['asks for a flag’s value', ['trace', 'x', '--from', '--to', 'y'], '`--from` needs a value'],
    ['asks for a flag’s value at the end', ['trace', 'x', '--from'], '`--from` needs a value'],
    ['lists the choices', [...traced, '--format', 'xml'], 'it is one of `text`, `markdown`, `json`'],
    ['lists the protocols that a client may speak', [...traced, '--protocol', 'smtp'], 'it is one of `HTTP`, `TLS`, `TCP`, `SERVER_FIRST`'],
    [
      'does not choose whether a header is there',
      [...traced, '--header', 'x-user=ann', '--no-header', 'X-User'],
      'header `X-User` is said to be absent and is given with a value as well',
    ],
    ['does not choose between two', [...traced, '--to', 'ratings'], '`--to` is given twice'],
    ['gives switches no value', ['push', 'x', '--topology', 'a', '--dry-run=yes'], '`--dry-run` takes no value'],
    ['asks who calls', ['trace', folder, '--to', 'reviews'], '`--from` is missing'],
    ['asks whom', ['trace', folder, '--from', 'a/b/c'], '`--to` is missing'],
    ['asks for both identities', ['trust', folder, '--client', 'a/b/c'], '`--server` is missing'],
    ['asks for the topology', ['push', folder], '`--topology` is missing'],
    ['refuses what is no name', ['push', folder, '--topology', 'Shop!'], 'is not the name of a topology'],
    ['refuses what is no number', ['push', folder, '--topology', 'shop', '--expect', 'two'], 'is not the number of a version'],
    ['refuses what is no moment', [...traced, '--at', 'tomorrow'], 'it must be a moment'],
    ['refuses a day that no calendar has', [...traced, '--at', '2026-02-31T00:00:00Z'], 'it must be a moment'],
    ['refuses what is no port', ['trace', folder, '--from', 'a/b/c', '--to', 'reviews:http'], '`http` is not a port'],
    [
      'names the field that there is not',
      ['trace', folder, '--from', 'a/b/c', '--to', '{"host":"reviews","prt":1}'],
      '`--to` has no field `prt`; did you mean `port`?',
    ],
    [
      'lists the fields where none is near',
      ['trace', folder, '--from', 'a/b/c', '--to', '{"host":"a","zz":1}'],
      'it has `host`, `port`, `protocol`, `method`',
    ],
    ['asks for the port after a colon', ['trace', folder, '--from', 'a/b/c', '--to', 'reviews:'], 'no port follows the colon'],
    [
      'takes a host and a port, not an address',
      ['trace', folder, '--from', 'a/b/c', '--to', 'http://reviews:9080/'],
      'give the host and the port, such as `reviews:9080`',
    ],
    [
      'gives the port that an address means',
      ['trace', folder, '--from', 'a/b/c', '--to', 'https://reviews.shop/x'],
      'such as `reviews.shop:443`',
    ],
    ['refuses a port that there is not', ['trace', folder, '--from', 'a/b/c', '--to', 'reviews:70000'], 'has a `port` that is not valid'],
    ['takes one server', ['trust', 'x', '--client', 'a/b/c', '--server', 'a/b/c', '--server', 'a/b/d'], 'given twice'],
    ['refuses an address that is none', ['trace', 'shop', ...traced.slice(2), '--server', 'localhost'], 'is not an address'],
    [
      'wants a version’s name with a server',
      ['trace', './shop', ...traced.slice(2), '--server', 'http://127.0.0.1:9'],
      'is not the name of a version',
    ],
    ['names the setting that is not understood', ['serve', '--port', 'eighty'], 'PORT does not accept `eighty`'],
  ])('%s', async (_what, words, message) => {
    const { code, out, err } = await call(words)
    expect(err).toContain(message)
    expect(err).toMatch(/^sightline: /)
    expect([code, out]).toEqual([2, ''])
  })

  it('shows the help when nothing is said at all', async () => {
    const { code, out, err } = await call([])
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('Commands\n')
  })
})

describe('the help', () => {
  it('of the whole lists every exit code', async () => {
    const { out } = await call(['--help'])
    const listed = [...out.slice(out.indexOf('Exit codes')).matchAll(/^ {2}(\d+) /gm)].map((match) => Number(match[1]))
    expect(listed).toEqual([...Object.values(exitCodes), 78])
  })

  it('of the whole starts with examples and names every command', async () => {
    const { code, out } = await call(['--help'])
    expect(code).toBe(0)
    expect(out.indexOf('Examples')).toBeLessThan(out.indexOf('Commands'))
    for (const { name } of allCommands) expect(out).toMatch(new RegExp(`^  ${name} +\\S`, 'm'))
    expect((await call(['help'])).out).toBe(out)
    expect((await call(['-h'])).out).toBe(out)
  })

  it('has beside it which version this is', async () => {
    for (const word of ['version', '--version', '-V']) expect(await call([word])).toEqual({ code: 0, out: `${version}\n`, err: '' })
  })

  it.each(allCommands.map((command) => [command.name, command] as const))(
    'of %s has examples before all its flags',
    async (name, command) => {
      const { code, out } = await call([name, '--help'])
      expect(code).toBe(0)
      expect(command.examples.length).toBeGreaterThan(0)
      expect(out.indexOf(command.examples[0] ?? '')).toBeLessThan(out.indexOf('Flags'))
      for (const flag of Object.keys(command.flags)) expect(out).toContain(`--${flag}`)
      expect((await call([name, '-h'])).out).toBe(out)
      expect((await call(['help', name])).out).toBe(out)
    },
  )
})

describe('bad input ends with 2 and', () => {
  it('names file, line and what is wrong there', async () => {
    const bad = writeShop('apiVersion: sightline/v1\nkind: Topology\nclusters:\n  - name: west\n    resources: [\n')
    const { code, out, err } = await call(['validate', bad])
    rmSync(bad, { recursive: true })
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/topology\.yaml:\d+/)
  })

  it('names the path of a field that does not fit', async () => {
    const bad = writeShop('apiVersion: sightline/v1\nkind: Topology\nclusters:\n  - name: 7\n    resources: []\n')
    const { code, err } = await call(['trace', bad, ...traced.slice(2)])
    rmSync(bad, { recursive: true })
    expect(code).toBe(2)
    expect(err).toMatch(/topology\.yaml:4\b.*clusters\/0\/name/)
  })

  it('names the path that is not there', async () => {
    const { code, err } = await call(['validate', join(folder, 'none')])
    expect(code).toBe(2)
    expect(err).toContain('there is no file or directory')
  })

  it('names workloads near to one that does not exist', async () => {
    const { code, err } = await call(['trace', folder, '--from', 'west/shop/clint', '--to', 'reviews'])
    expect(code).toBe(2)
    expect(err).toContain('did you mean `client`')
  })

  it('lets no escape sequence of a document through to the terminal', async () => {
    const bad = writeShop(`apiVersion: sightline/v1\nkind: Topology\nclusters: [{ name: "w\\e[2Jest", resources: [] }]\n`)
    const { out, err } = await call(['trace', bad, '--from', 'west/a/b', '--to', 'c'])
    writeFileSync(
      join(bad, 'topology.yaml'),
      `apiVersion: sightline/v1\nkind: Topology\nclusters: [{ name: west, resources: [{ apiVersion: "x/v\\e[2J", kind: Odd, metadata: { name: a } }] }]\n`,
    )
    const report = await call(['validate', bad])
    rmSync(bad, { recursive: true })
    expect(`${out}${err}${report.out}${report.err}`).not.toContain('\u001b')
  })

  it('is told apart from a fault of the program, which ends with 70', async () => {
    const broken = async () => {
      throw new TypeError('broken')
    }
    const { code, err } = await call(['config'], { out: broken })
    expect(code).toBe(70)
    expect(err).toContain('a fault of this program')
  })
})

describe('settings', () => {
  it('are printed as they are in force, credentials masked', async () => {
    const environment = { PORT: '9090', DATABASE_URL: 'postgresql://ann:hush@db/sightline' }
    const { code, out } = await call(['config'], { environment })
    expect(code).toBe(0)
    expect(out).toContain('# port to listen on; 0 takes a free one\nPORT=9090\n')
    for (const [name, meaning] of settingMeanings) {
      expect([`\n# ${meaning}\n${name}=`, `\n# ${meaning}\n# ${name}=`].some((text) => `\n${out}`.includes(text))).toBe(true)
    }
    expect(out).toContain('DATABASE_URL=postgresql://***@db/sightline\n')
    expect(JSON.parse((await call(['config', '--format', 'json'], { environment })).out)).toMatchObject({ PORT: 9090, CORS_ORIGINS: [] })
  })

  it('that are wrong are told, with 2', async () => {
    expect(await call(['config'], { environment: { PORT: 'x' } })).toMatchObject({ code: 2, out: '' })
  })
})
