import { chmodSync, cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as yaml from 'js-yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openScratchRepository, policyOf, type ScratchRepository, sightline } from './scratch-repository.js'

let repository: ScratchRepository
beforeAll(() => {
  repository = openScratchRepository()
})
afterAll(() => repository.remove())

const broken = policyOf('visitor')
/** The line at which the policy begins that a branch breaks. */
const line = broken.split('\n').indexOf('# Who may place orders.') + 2

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>
  readonly runs: { readonly steps: readonly { readonly run: string; readonly env: Readonly<Record<string, string>> }[] }
}
interface Job {
  readonly variables: Readonly<Record<string, string>>
  readonly sightline: { readonly script: readonly string[] }
}

const load = <T>(file: string): T => yaml.load(readFileSync(`examples/ci/${file}`, 'utf8')) as T

/** What the runner makes of an action: its inputs in the environment of its steps. */
function runAction(inputs: Readonly<Record<string, string>>) {
  const { inputs: stated, runs } = load<Action>('github/action.yml')
  const values = { ...Object.fromEntries(Object.entries(stated).map(([name, { default: usual }]) => [name, usual])), ...inputs }
  const summary = join(repository.folder, 'summary.md')
  const ran = runs.steps.map(({ run, env }) => {
    const filled = Object.entries(env).map(([name, text]) => [
      name,
      text.replaceAll(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_all, key: string) => values[key] ?? ''),
    ])
    return repository.run(run, { ...(Object.fromEntries(filled) as Record<string, string>), GITHUB_STEP_SUMMARY: summary })
  })
  return { ran: ran[0], summary: repository.read('summary.md') }
}

describe('the action for GitHub', () => {
  it('passes where everything holds, fails a branch that breaks a path at the line of the object that does it, and passes when it is mended', () => {
    const inputs = { path: 'mesh', sightline }
    expect(runAction(inputs).ran).toMatchObject({ code: 0 })

    repository.git('checkout', '--quiet', '-b', 'break-a-path')
    repository.write('mesh/west/policy.yaml', broken)
    repository.git('commit', '--quiet', '--all', '--message', 'let the visitor in')
    const { ran, summary } = runAction(inputs)
    expect(ran?.code, ran?.err).toBe(1)
    expect(ran?.out).toContain(
      `::error file=mesh/west/policy.yaml,line=${line},title=ASSERTION_FAILED assertion the storefront places orders::`,
    )
    expect(summary).toContain('## Sightline: FAIL')
    expect(JSON.parse(repository.read('sightline.sarif'))).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'ASSERTION_FAILED' }] }],
    })

    repository.write('mesh/west/policy.yaml', policyOf('storefront'))
    repository.git('commit', '--quiet', '--all', '--message', 'let the storefront in again')
    expect(runAction(inputs).ran).toMatchObject({ code: 0 })
    repository.git('checkout', '--quiet', 'main')
  })
})

describe('the job for GitLab', () => {
  it('leaves its reports where they are gathered, and ends as the report does', () => {
    const { variables, sightline: job } = load<Job>('gitlab/sightline.gitlab-ci.yml')
    const run = () => repository.run(job.script.join('\n'), { ...variables, SIGHTLINE: sightline, SIGHTLINE_PATH: 'mesh' })
    expect(run()).toMatchObject({ code: 0 })
    expect(repository.read('gl-code-quality-report.json')).toBe('[]\n')
    repository.write('mesh/west/policy.yaml', broken)
    expect(run().code).toBe(1)
    expect(JSON.parse(repository.read('gl-code-quality-report.json'))).toMatchObject([
      { check_name: 'ASSERTION_FAILED', location: { path: 'mesh/west/policy.yaml', lines: { begin: line } } },
    ])
    expect(repository.read('sightline.xml')).toContain('<testcase name="the storefront places orders"')
    repository.git('checkout', '--quiet', '--', '.')
  })
})

describe('the hook', () => {
  it('looks at what is about to be committed, and at nothing else', () => {
    cpSync('examples/ci/pre-commit', join(repository.folder, '.git/hooks/pre-commit'))
    chmodSync(join(repository.folder, '.git/hooks/pre-commit'), 0o755)
    const commit = () =>
      repository.run('git -c user.name=Ann -c user.email=ann@example.com commit --quiet --message change', {
        SIGHTLINE: sightline,
        SIGHTLINE_PATH: 'mesh',
      })
    repository.write('mesh/west/policy.yaml', broken)
    repository.git('add', '.')
    const refused = commit()
    expect(refused.code).toBe(1)
    expect(refused.out + refused.err).toContain('the storefront places orders')
    // Mended where it is staged; what is broken lies beside it.
    repository.git('reset', '--quiet')
    repository.git('checkout', '--quiet', '--', '.')
    repository.write('mesh/west/more.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: { name: more }\n')
    repository.git('add', '.')
    repository.write('mesh/west/policy.yaml', broken)
    expect(commit(), 'the staged files').toMatchObject({ code: 0 })
  })
})
