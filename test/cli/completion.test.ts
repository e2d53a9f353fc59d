import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allCommands } from '#cli/all-commands'
import { call } from './call.js'

const shells = ['bash', 'zsh', 'fish'] as const
const isThere = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'completion-'))
  for (const shell of shells) writeFileSync(join(folder, shell), (await call(['completion', shell])).out)
})
afterAll(() => rmSync(folder, { recursive: true }))

/** What bash offers where the last of the words is being typed. */
function offered(...words: readonly string[]): readonly string[] {
  const script = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sightline; printf '%s\\n' "\${COMPREPLY[@]}"`
  const told = execFileSync('bash', ['--norc', '-u', '-c', script, join(folder, 'bash'), 'sightline', ...words], { encoding: 'utf8' })
  return told.split('\n').filter((line) => line !== '')
}

describe('completion in bash', () => {
  it('offers every command, help and version', () => {
    expect(offered('')).toEqual([...allCommands.map(({ name }) => name), 'help', 'version'])
  })

  it.each([
    ['commands by their beginning', ['tr'], ['trace', 'trust']],
    ['the commands that help tells of', ['help', 'vis'], ['visible']],
    ['flags of the command', ['trace', '.', '--pr'], ['--protocol']],
    ['no flags of another command', ['trust', '.', '--prot'], []],
    ['the flag that all have', ['config', '--h'], ['--help']],
    ['values that are one of a few', ['trace', '.', '--format', ''], ['text', 'markdown', 'json']],
    ['such values by their beginning', ['trace', '.', '--protocol', 'T'], ['TLS', 'TCP']],
    ['the shells that it is there for', ['completion', ''], ['bash', 'zsh', 'fish']],
    ['nothing of its own, so that bash offers files', ['trace', 'exa'], []],
    ['nothing for a command that there is not', ['nothing', '--f'], []],
  ])('offers %s', (_what, words, wanted) => {
    expect(offered(...words)).toEqual(wanted)
  })
})

describe('completion', () => {
  it.each(shells.filter(isThere))('for %s is a script that the shell can read', (shell) => {
    const { status, stderr } = spawnSync(shell, ['-n', join(folder, shell)], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })

  it.skipIf(!isThere('fish'))('in fish offers commands, flags and values', () => {
    const complete = (line: string): readonly string[] =>
      execFileSync('fish', ['--no-config', '-c', `source ${join(folder, 'fish')}; complete -C ${JSON.stringify(line)}`], {
        encoding: 'utf8',
      })
        .trim()
        .split('\n')
        .map((told) => told.split('\t')[0] ?? '')
    expect(complete('sightline tru')).toEqual(['trust'])
    expect(complete('sightline trace . --prot')).toEqual(['--protocol'])
    expect(complete('sightline trace . --protocol T').toSorted()).toEqual(['TCP', 'TLS'])
  })

  it('for a shell that is not known names those that are', async () => {
    expect(await call(['completion', 'tcsh'])).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('it is one of `bash`, `zsh`, `fish`'),
    })
  })
})
