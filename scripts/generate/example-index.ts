import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = 'examples'

/** The page that lists every example by its title and the first sentence about it. */
export function exampleIndex(): string {
  const rows = readdirSync(folder)
    .toSorted()
    .filter((name) => existsSync(join(folder, name, 'README.md')))
    .map((name) => rowOf(name, readFileSync(join(folder, name, 'README.md'), 'utf8')))
  return [
    '# Examples',
    '',
    'Each folder is a topology that runs: its document, what it shows, and in `expect.yaml` the answers, which were worked out by hand and are held',
    'in the tests. Most are one deployment model each; the smallest is [single-cluster](single-cluster/README.md). Only [ci](ci/README.md) is none.',
    '',
    '```sh',
    'sightline validate examples/single-cluster',
    'sightline trace examples/multiple-networks --from west/shop/client --to ratings.shop:9080',
    '```',
    '',
    '| folder | what it shows |',
    '| --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

function rowOf(name: string, readme: string): string {
  const [title = '', first = ''] = readme.split(/\n\n+/)
  const sentence = (/^.*?[.:](?=\s|$)/s.exec(first)?.[0] ?? first).replaceAll('\n', ' ').replace(/:$/, '.')
  return `| \`${name}\` | [${title.replace(/^# /, '')}](${name}/README.md). ${sentence} |`
}
