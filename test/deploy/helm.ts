import { spawnSync } from 'node:child_process'

const program = process.env['HELM'] ?? 'helm'
const chart = 'deploy/chart'

/** Whether helm is there; missing where REQUIRE_HELM says that it must not be is an error. */
export const helmIsThere = (): boolean => {
  const { error, status } = spawnSync(program, ['version'], { encoding: 'utf8' })
  const there = error === undefined && status === 0
  if (!there && process.env['REQUIRE_HELM'] !== undefined) throw new Error('helm is missing, and has to be there')
  return there
}

const helm = (
  args: readonly string[],
  values: object,
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } =>
  spawnSync(program, [...args, '--values', '-'], { encoding: 'utf8', input: JSON.stringify(values) })

/** What the chart becomes with these values, as one YAML stream; or what helm says against them. */
export const renderChart = (values: object): { readonly manifests: string } | { readonly refused: string } => {
  const { status, stdout, stderr } = helm(['template', 'prod', chart, '--namespace', 'tools', '--kube-version', '1.33.0'], values)
  return status === 0 ? { manifests: stdout } : { refused: stderr }
}

/** What helm finds to say of the chart as it is kept. */
export const lintChart = (): string => {
  const { stdout, stderr } = helm(['lint', '--strict', chart], {})
  return stdout + stderr
}
