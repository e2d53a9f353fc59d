// Which way the folders of src/ may point. Every rule says what to do when it fires; each is seen to fire in
// test/house/boundaries.test.ts. The order inside the engine: model ← manifests ← resources ← snapshot ← istiod ← { schemas, analysis }
// ← { explain, compare, simulate, assertions, rules, deployment, inventory, proxy-config } ← remedies ← tenancy.

const views = ['explain', 'compare', 'simulate', 'assertions', 'rules', 'deployment', 'inventory', 'proxy-config']
const engineOrder = [
  ['model'],
  ['manifests'],
  ['resources'],
  ['snapshot'],
  ['istiod'],
  ['schemas', 'analysis'],
  views,
  ['remedies'],
  ['tenancy'],
]
const doors = ['rest', 'graphql', 'cli']

/** @param {string[]} names */
const either = (names) => `(${names.join('|')})`

/** Below all rooms stands how what was worked out is kept, and where work may be put down. */
const belowAllRooms = '(remembered|pause)\\.ts$'

/** What a folder's rule says before the sentence that all of them share. */
const sentences = {
  istiod:
    'What a control plane makes of its objects is true whoever calls: what needs a call belongs to the stage in analysis/ that asks. ',
}

/** One rule a folder: it sees itself and what stands left of it; views of one trace do not see each other. */
const engineRules = engineOrder.flatMap((group, position) =>
  group.map((folder) => ({
    name: `engine-order-${folder}`,
    comment: `${sentences[folder] ?? ''}engine/${folder} may import only folders before it in the engine's order: move the shared idea down to the earlier folder, or the caller up.`,
    severity: 'error',
    from: { path: `^src/engine/${folder}/` },
    to: {
      path: '^src/engine/',
      pathNot: `^src/engine/(${either([...engineOrder.slice(0, position).flat(), folder])}/|${belowAllRooms})`,
    },
  })),
)

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other hold three ideas: put the shared one into a file of its own, below both.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'The import leads nowhere: correct its path, or add the package to package.json.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'engine-is-pure',
      comment:
        'The engine is values in, values out: pass in what the outside world says (bytes, the time) as an argument; a new package needs a place on this whitelist and a decision record.',
      severity: 'error',
      from: { path: '^src/engine/' },
      to: { pathNot: '^(src/|node:crypto$|crypto$|node_modules/(typebox|js-yaml|re2js|@bufbuild/cel)/)' },
    },
    {
      name: 'engine-knows-nobody',
      comment: 'The engine is used by the others and uses none of them: hand the value in, or move the idea into the engine.',
      severity: 'error',
      from: { path: '^src/engine/' },
      to: { path: '^src/', pathNot: '^src/engine/' },
    },
    {
      name: 'remembered-and-pause-know-nobody',
      comment:
        'Every room remembers and pauses, so engine/remembered.ts and engine/pause.ts know none of them: what is needed is an argument.',
      severity: 'error',
      from: { path: `^src/engine/${belowAllRooms}` },
      to: { path: '^src/' },
    },
    ...engineRules,
    {
      name: 'analyst-asks-the-engine-only',
      comment: 'The analyst is where the engine runs: it gets bytes and questions as arguments; load and store in an operation.',
      severity: 'error',
      from: { path: '^src/analyst/' },
      to: { path: '^src/', pathNot: '^src/(analyst|engine)/' },
    },
    {
      name: 'collector-knows-the-engine-only',
      comment:
        'The collector reads API servers, and knows the engine alone: what it needs besides, how to refuse and to wait, is an argument.',
      severity: 'error',
      from: { path: '^src/collector/' },
      to: { path: '^src/', pathNot: '^src/(collector|engine)/' },
    },
    {
      name: 'only-the-collector-reads-live-clusters',
      comment:
        'The client of Kubernetes is large and has the keys to clusters: only collector/open-kubeconfig.ts loads it, when it is needed.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/collector/' },
      to: { path: '(^|/)node_modules/@kubernetes/' },
    },
    {
      name: 'store-knows-shapes-only',
      comment: 'The store keeps and finds, it does not think: it may import engine/model; compute in an operation and hand the result in.',
      severity: 'error',
      from: { path: '^src/store/' },
      to: { path: '^src/', pathNot: '^src/(store|engine/model)/' },
    },
    {
      name: 'access-knows-shapes-only',
      comment: 'Who may do what is decided of values: access/ knows store/store.ts and engine/model; what it needs besides is an argument.',
      severity: 'error',
      from: { path: '^src/access/' },
      to: { path: '^src/', pathNot: '^src/(access/|store/store\\.ts$|engine/model/)' },
    },
    {
      name: 'operations-know-interfaces',
      comment:
        'An operation knows store/store.ts, analyst/analyst.ts, access/ and engine/model: widen one of these interfaces instead of reaching behind it.',
      severity: 'error',
      from: { path: '^src/operations/' },
      to: { path: '^src/', pathNot: '^src/(operations/|store/store\\.ts$|analyst/analyst\\.ts$|access/|engine/model/)' },
    },
    {
      name: 'operations-know-no-transport',
      comment: 'An operation knows its caller, and no door: take plain typed input and return plain data; let the door translate.',
      severity: 'error',
      from: { path: '^src/operations/' },
      to: { path: '^(node:)?https?$|(^|/)node_modules/(fastify|@fastify|mercurius|graphql|pino)(/|$)' },
    },
    {
      name: 'only-the-store-sees-the-database',
      comment: 'Prisma, pg and PGlite stay in store/: add a function to store/store.ts that says in the operations’ words what you need.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/store/' },
      to: { path: '(^|/)node_modules/(@prisma|prisma|pg|pg-[^/]+|@electric-sql)(/|$)|^src/store/generated/' },
    },
    ...doors.map((door) => ({
      name: `${door}-meets-no-other-door`,
      comment: `rest, graphql and cli never meet: move what ${door} shares with another door into an operation or engine/model.`,
      severity: 'error',
      from: { path: `^src/${door}/` },
      to: { path: `^src/${either(doors.filter((other) => other !== door))}/` },
    })),
    {
      name: 'doors-are-thin',
      comment: 'A route or a resolver calls one operation: put the work into operations/, and what crosses into engine/model.',
      severity: 'error',
      from: { path: '^src/(rest|graphql)/' },
      to: { path: '^src/(store|analyst|engine)/', pathNot: '^src/engine/model/' },
    },
    {
      name: 'cli-asks-operations',
      comment:
        'A command asks an operation, or builds an analyst for one: put the work into operations/, and what crosses into engine/model.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/(store|engine)/', pathNot: '^src/engine/model/' },
    },
    {
      name: 'formats-know-shapes-only',
      comment: 'A format writes what it is given: it may import engine/model; what it needs besides is part of what it is told.',
      severity: 'error',
      from: { path: '^src/formats/' },
      to: { path: '^src/', pathNot: '^src/(formats/|engine/model/)' },
    },
    {
      name: 'site-shows-files',
      comment: 'The site shows what is written, and asks nothing: a page that needs an answer gets it in the browser, from a door.',
      severity: 'error',
      from: { path: '^src/site/' },
      to: { path: '^src/', pathNot: '^src/(site/|engine/model/)' },
    },
    {
      name: 'http-knows-problems-only',
      comment:
        'The server below the doors refuses, admits and ends: of REST it may import how a problem and the metrics are answered; what a route does belongs to its door.',
      severity: 'error',
      from: { path: '^src/http/' },
      to: {
        path: '^src/[^/]+/',
        pathNot: '^src/(http/|access/|engine/model/|rest/(problem|problem-document|unknown-address|metrics)\\.ts$)',
      },
    },
    {
      name: 'otlp-is-told',
      comment: 'What is sent to a collector is told it: otlp/ asks nobody, and knows the settings, the telemetry and no door.',
      severity: 'error',
      from: { path: '^src/otlp/' },
      to: { path: '^src/[^/]+/', pathNot: '^src/otlp/' },
    },
    {
      name: 'only-otlp-loads-opentelemetry',
      comment: 'OpenTelemetry is loaded where a collector is configured and nowhere else: take an argument of otlp/tracing.ts instead.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/otlp/' },
      to: { path: '(^|/)node_modules/@opentelemetry/' },
    },
    {
      name: 'nobody-imports-the-process',
      comment:
        'app.ts and main.ts wire the parts together; a part takes what it needs as an argument (only the command line may start the service).',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: '^src/cli/' },
      to: { path: '^src/(main|app|demo)\\.ts$' },
    },
    {
      name: 'cross-by-alias',
      comment: 'Crossing top-level folders is written `#folder/path`, so that a reader sees the boundary: replace the relative import.',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/[^/]+/', pathNot: '^src/$1/', dependencyTypesNot: ['aliased-subpath-import'] },
    },
    {
      name: 'stay-relative',
      comment: 'Inside one top-level folder imports are relative (`./file.js`): the alias is for crossing.',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/$1/', dependencyTypes: ['aliased-subpath-import'] },
    },
    {
      name: 'no-barrels',
      comment: 'An import names the file it means: import that file and delete the index.ts.',
      severity: 'error',
      from: {},
      to: { path: ['^src/index\\.ts$', '^src/.+/index\\.ts$'] },
    },
    {
      name: 'production-packages-only',
      comment: 'src/ runs without devDependencies: move the package to dependencies, or its use to test/ or scripts/.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'src-stands-alone',
      comment: 'src/ is what ships: move what it needs from test/, scripts/, bench/ or web/ into src/.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts|bench|web|examples)/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^src/store/generated/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { conditionNames: ['source', 'import', 'node', 'default', 'types'], exportsFields: ['exports'] },
  },
}
