/** A page of the site: where it is served, and the Markdown that it is made of. */
export interface SitePage {
  readonly path: string
  /** From the package's own folder. */
  readonly file: string
  readonly title: string
}

interface Chapter {
  readonly title: string
  readonly pages: readonly SitePage[]
}

const page = (name: string, title: string): SitePage => ({ path: `/docs/${name}`, file: `docs/${name}.md`, title })

/** The pages that the site lists at its side, in the order in which a newcomer reads them. */
export const contents: readonly Chapter[] = [
  {
    title: 'Guide',
    pages: [
      { path: '/docs', file: 'docs/README.md', title: 'What it is' },
      page('start', 'Start'),
      page('clusters', 'Bring your clusters'),
      page('live-clusters', 'Ask about live clusters'),
      page('ask', 'Ask'),
      page('service-page', 'A page for a service'),
      page('answers', 'Read an answer'),
      page('pipeline', 'Gate a pipeline'),
      page('deploy', 'Deploy'),
      page('access', 'Let callers in'),
    ],
  },
  {
    title: 'Reference',
    pages: [
      page('topology', 'The topology document'),
      page('commands', 'Commands'),
      page('settings', 'Settings'),
      page('secrets', 'Secrets'),
      page('codes', 'Codes in answers'),
      { path: '/docs/reasons', file: 'docs/reasons/README.md', title: 'Words to look up' },
      page('not-modelled', 'What is not followed'),
      { path: '/docs/rules', file: 'docs/rules/README.md', title: 'Rules' },
      { path: '/docs/examples', file: 'examples/README.md', title: 'Examples' },
      page('glossary', 'Words'),
      page('real-inputs', 'On real manifests'),
      page('performance', 'What it costs'),
      page('reliability', 'What it withstands'),
    ],
  },
]
