import { Environment } from '#config'

interface Setting {
  readonly default?: string | number | boolean | readonly string[]
  readonly description?: string
  readonly enum?: readonly string[]
}

/** The page of every variable that the service reads. */
export const settingsPage = (): string =>
  [
    '# Settings',
    '',
    'The service reads its settings from the environment when it starts, and says what is wrong with them in one sentence each. `sightline config`',
    'prints those that are in force, with what each means; credentials are masked.',
    '',
    '| variable | default | what it is |',
    '| --- | --- | --- |',
    ...Object.entries(Environment.properties).map(([name, setting]) => rowOf(name, setting as Setting)),
    '',
  ].join('\n')

const rowOf = (name: string, { default: preset, description = '', enum: choices }: Setting): string => {
  const told = preset === undefined || String(preset) === '' ? '' : `\`${String(preset)}\``
  const allowed = choices === undefined ? '' : `; one of ${choices.map((choice) => `\`${choice}\``).join(', ')}`
  return `| \`${name}\` | ${told} | ${description}${allowed} |`
}
