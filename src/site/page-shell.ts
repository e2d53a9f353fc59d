/** What every page is framed by. */
export interface Shell {
  readonly title: string
  /** GraphiQL is served, so that there may be links to it. */
  readonly graphiql: boolean
  /** Where the page is, of the links in its head. */
  readonly path: string
  readonly body: string
}

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** A link, marked where it leads to the page it stands on. */
export const linkTo = (path: string, text: string, here: string): string =>
  `<a href="${escapeHtml(path)}"${path === here ? ' aria-current="page"' : ''}>${escapeHtml(text)}</a>`

/** A whole HTML page: no scripts, and nothing from elsewhere. */
export const pageShell = ({ title, graphiql, path, body }: Shell): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="/docs/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/site.css">
</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<header class="bar">
<a class="brand" href="/"><img src="/docs/icon.svg" alt="" width="22" height="22">Sightline</a>
<nav aria-label="Site">
${body.includes('id="contents"') ? '<a class="narrow" href="#contents">Contents</a>' : ''}
${linkTo('/docs', 'Docs', path)}
${graphiql ? linkTo('/graphiql', 'GraphiQL', path) : ''}
${linkTo('/docs/api', 'REST', path)}
</nav>
</header>
${body}
</body>
</html>
`
