import { pageShell } from './page-shell.js'

/** A place of the service, and what is there. */
const place = (path: string, name: string, says: string): string => `<a href="${path}"><b>${name}</b><span>${says}</span></a>`

const questions: readonly (readonly [string, string])[] = [
  ['Does this call arrive?', 'sightline trace PATH --from west/shop/client --to reviews.shop:9080'],
  ['Does a call from outside get in?', 'sightline trace PATH --from outside --to shop.example:443'],
  ['What does this workload see?', 'sightline visible PATH --from west/shop/client'],
  ['What is its proxy given?', 'sightline proxy-config PATH --from west/shop/client'],
  ['Do these two trust each other?', 'sightline trust PATH --client west/shop/client --server east/shop/reviews'],
]

/** What `/` shows: what this is, and where things are. */
export const homePage = (graphiql: boolean): string =>
  pageShell({
    title: 'Sightline',
    graphiql,
    path: '/',
    body: `<main id="content" class="home">
<h1>What can reach what across your Istio meshes, and why?</h1>
<p class="lead">Sightline answers from configuration alone: it reads the Kubernetes and Istio objects of your clusters, works out what each
control plane knows, and follows a call the way its proxies would. Every answer is a verdict with a reason for every step, and the objects
that decided it. Nothing is sent into a cluster.</p>
<div class="cards">
${place('/docs/start', 'Start', 'from nothing to the first answer')}
${place('/docs/clusters', 'Bring your clusters', 'what it reads, and how little you have to write')}
${graphiql ? place('/graphiql', 'Ask here', 'GraphiQL, with three questions ready to run') : ''}
${place('/docs/answers', 'Read an answer', 'verdicts, steps, reasons, remedies')}
${place('/docs/pipeline', 'Gate a pipeline', 'stop a change that cuts a call off')}
${place('/docs/deploy', 'Deploy', 'settings, database, health, upgrades')}
</div>
<h2>The questions</h2>
<dl class="questions">
${questions.map(([asked, command]) => `<dt>${asked}</dt><dd><code>${command}</code></dd>`).join('\n')}
</dl>
<h2>Where things are</h2>
<ul class="places">
<li><a href="/docs">/docs</a> the guide, the language of documents, every command, every rule</li>
<li><a href="/docs/api">/docs/api</a> the REST reference; as OpenAPI at <a href="/openapi.json">/openapi.json</a></li>
${graphiql ? '<li><a href="/graphiql">/graphiql</a> GraphQL in the browser; the endpoint is <code>/graphql</code>, its schema <a href="/graphql/schema.graphql">/graphql/schema.graphql</a></li>' : '<li><code>/graphql</code> GraphQL; its schema at <a href="/graphql/schema.graphql">/graphql/schema.graphql</a></li>'}
<li><a href="/schemas/topology.json">/schemas/topology.json</a> the JSON Schema of topology documents, for editors</li>
<li><a href="/v1/limits">/v1/limits</a> what is taken and given at most</li>
<li><a href="/livez">/livez</a> <a href="/readyz">/readyz</a> <a href="/metrics">/metrics</a> health and figures</li>
</ul>
</main>`,
  })
