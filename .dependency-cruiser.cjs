// Which way the folders of src/ may point. Every rule says what to do when it fires; each is seen to fire in
// test/house/boundaries.test.ts. The order inside the engine: model ← manifests ← resources ← snapshot ← istiod ← { schemas, analysis }
// ← { explain, compare, simulate, assertions, rules, deployment, inventory, proxy-config } ← groups ← { relations, remedies } ← tenancy.

const views = ['explain', 'compare', 'simulate', 'assertions', 'rules', 'deployment', 'inventory', 'proxy-config']
const engineOrder = [
  ['model'],
  ['manifests'],
  ['resources'],
  ['snapshot'],
  ['istiod'],
  ['schemas', 'analysis'],
  views,
  ['groups'],
  ['relations', 'remedies'],
  ['tenancy'],
]
const doors = ['rest', 'graphql', 'cli']

/** @param {string[]} names */
const either = (names) => `(${names.join('|')})`

/** Below all rooms stands how what was worked out is kept, where work may be put down, and how things are grouped. */
const belowAllRooms = '(remembered|pause|group-by|flat-map|add-all|least-of|most-of|put-member)\\.ts$'

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
    from: { path: `^src/engine/${folder}/` },
    to: {
      path: '^src/engine/',
      pathNot: `^src/engine/(${either([...engineOrder.slice(0, position).flat(), folder])}/|${belowAllRooms})`,
    },
  })),
)

/** A room that imports nothing of src/ but itself and what is named after its comment. @param {string[]} others */
const knowsOnly = (room, name, comment, ...others) => ({
  name,
  comment,
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/${either([`${room}/`, ...others])}` },
})

/** Packages, or what is generated of them, that one room alone imports. */
const onlyIn = (room, name, comment, packages) => ({
  name,
  comment,
  from: { path: '^src/', pathNot: `^src/${room}/` },
  to: { path: packages },
})

const shapes = 'engine/model/'
/** What stands beside the rooms: the settings, the telemetry, the wiring. */
const besideTheRooms = '[^/]+\\.ts$'

const forbidden = [
  {
    name: 'no-circular',
    comment: 'Two files that need each other hold three ideas: put the shared one into a file of its own, below both.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'resolvable',
    comment: 'The import leads nowhere: correct its path, or add the package to package.json.',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'engine-is-pure',
    comment:
      'The engine is values in, values out: pass in what the outside world says (bytes, the time) as an argument; a new package needs a place on this whitelist and a decision record.',
    from: { path: '^src/engine/' },
    to: { pathNot: '^(src/|node:crypto$|crypto$|node_modules/(typebox|js-yaml|re2js|@bufbuild/cel)/)' },
  },
  knowsOnly(
    'engine',
    'engine-knows-nobody',
    'The engine is used by the others and uses none of them: hand the value in, or move the idea into the engine.',
  ),
  {
    name: 'below-all-rooms-know-nobody',
    comment:
      'Every room remembers, pauses, groups, flattens, adds up and sets members, so engine/remembered.ts, engine/pause.ts, engine/group-by.ts, engine/flat-map.ts, engine/add-all.ts, engine/least-of.ts, engine/most-of.ts and engine/put-member.ts know none of them: what is needed is an argument.',
    from: { path: `^src/engine/${belowAllRooms}` },
    to: { path: '^src/', pathNot: '^src/engine/pause\\.ts$' },
  },
  ...engineRules,
  knowsOnly(
    'analyst',
    'analyst-asks-the-engine-only',
    'The analyst is where the engine runs, and where its reports are written: it gets bytes and questions as arguments; load and store in an operation.',
    'engine/',
    'formats/',
  ),
  knowsOnly(
    'collector',
    'collector-knows-the-engine-only',
    'The collector reads API servers, and knows the engine alone: what it needs besides, how to refuse and to wait, is an argument.',
    'engine/',
  ),
  onlyIn(
    'collector',
    'only-the-collector-reads-live-clusters',
    'The client of Kubernetes is large and has the keys to clusters: only collector/open-kubeconfig.ts loads it, when it is needed.',
    '(^|/)node_modules/@kubernetes/',
  ),
  knowsOnly(
    'store',
    'store-knows-shapes-only',
    'The store keeps and finds, it does not think: it may import engine/model; compute in an operation and hand the result in.',
    shapes,
  ),
  knowsOnly(
    'access',
    'access-knows-shapes-only',
    'Who may do what is decided of values: access/ knows store/store.ts and engine/model; what it needs besides is an argument.',
    'store/store\\.ts$',
    shapes,
  ),
  knowsOnly(
    'operations',
    'operations-know-interfaces',
    'An operation knows store/store.ts, analyst/analyst.ts, access/ and engine/model: widen one of these interfaces instead of reaching behind it.',
    'store/store\\.ts$',
    'analyst/analyst\\.ts$',
    'access/',
    shapes,
  ),
  {
    name: 'operations-know-no-transport',
    comment: 'An operation knows its caller, and no door: take plain typed input and return plain data; let the door translate.',
    from: { path: '^src/operations/' },
    to: { path: '^(node:)?https?$|(^|/)node_modules/(fastify|@fastify|mercurius|graphql|pino)(/|$)' },
  },
  {
    name: 'embedded-has-one-entrance',
    comment: 'Only open-embedded.ts knows that the embedded database is PGlite, in a directory with a lock: ask it, and take a Database.',
    from: { path: '^src/', pathNot: '^src/store/embedded/' },
    to: { path: '^src/store/embedded/|(^|/)node_modules/@electric-sql/', pathNot: '^src/store/embedded/open-embedded\\.ts$' },
  },
  onlyIn(
    'store',
    'only-the-store-sees-the-database',
    'Prisma, pg and PGlite stay in store/: add a function to store/store.ts that says in the operations’ words what you need.',
    '(^|/)node_modules/(@prisma|prisma|pg|pg-[^/]+|@electric-sql)(/|$)|^src/store/generated/',
  ),
  ...doors.map((door) => ({
    name: `${door}-meets-no-other-door`,
    comment: `rest, graphql and cli never meet: move what ${door} shares with another door into an operation or engine/model.`,
    from: { path: `^src/${door}/` },
    to: { path: `^src/${either(doors.filter((other) => other !== door))}/` },
  })),
  {
    name: 'doors-are-thin',
    comment: 'A route or a resolver calls one operation: put the work into operations/, and what crosses into engine/model.',
    from: { path: '^src/(rest|graphql)/' },
    to: { path: '^src/(store|analyst|engine)/', pathNot: '^src/engine/model/' },
  },
  {
    name: 'cli-asks-operations',
    comment:
      'A command asks an operation, or builds an analyst for one: put the work into operations/, and what crosses into engine/model.',
    from: { path: '^src/cli/' },
    to: { path: '^src/(store|engine)/', pathNot: '^src/engine/model/' },
  },
  knowsOnly(
    'formats',
    'formats-know-shapes-only',
    'A format writes what it is given: it may import engine/model, and pause; what it needs besides is part of what it is told.',
    shapes,
    'engine/pause\\.ts$',
  ),
  knowsOnly(
    'site',
    'site-shows-files',
    'The site shows what is written, and asks nothing: a page that needs an answer gets it in the browser, from a door.',
    shapes,
  ),
  knowsOnly(
    'http',
    'http-knows-problems-only',
    'The server below the doors refuses, admits and ends: of REST it may import how a problem and the metrics are answered; what a route does belongs to its door.',
    'access/',
    shapes,
    'rest/(problem|problem-document|unknown-address|metrics)\\.ts$',
    besideTheRooms,
  ),
  knowsOnly(
    'otlp',
    'otlp-is-told',
    'What is sent to a collector is told it: otlp/ asks nobody, and knows the settings, the telemetry and no door.',
    besideTheRooms,
  ),
  onlyIn(
    'otlp',
    'only-otlp-loads-opentelemetry',
    'OpenTelemetry is loaded where a collector is configured and nowhere else: take an argument of otlp/tracing.ts instead.',
    '(^|/)node_modules/@opentelemetry/',
  ),
  {
    name: 'nobody-imports-the-process',
    comment:
      'app.ts and main.ts wire the parts together; a part takes what it needs as an argument (only the command line may start the service).',
    from: { path: '^src/[^/]+/', pathNot: '^src/cli/' },
    to: { path: '^src/(main|app|demo)\\.ts$' },
  },
  {
    name: 'cross-by-alias',
    comment: 'Crossing top-level folders is written `#folder/path`, so that a reader sees the boundary: replace the relative import.',
    from: { path: '^src/([^/]+)/' },
    to: { path: '^src/[^/]+/', pathNot: '^src/$1/', dependencyTypesNot: ['aliased-subpath-import'] },
  },
  {
    name: 'stay-relative',
    comment: 'Inside one top-level folder imports are relative (`./file.js`): the alias is for crossing.',
    from: { path: '^src/([^/]+)/' },
    to: { path: '^src/$1/', dependencyTypes: ['aliased-subpath-import'] },
  },
  {
    name: 'no-barrels',
    comment: 'An import names the file it means: import that file and delete the index.ts.',
    from: {},
    to: { path: ['^src/index\\.ts$', '^src/.+/index\\.ts$'] },
  },
  {
    name: 'production-packages-only',
    comment: 'src/ runs without devDependencies: move the package to dependencies, or its use to test/ or scripts/.',
    from: { path: '^src/' },
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'src-stands-alone',
    comment: 'src/ is what ships: move what it needs from test/, scripts/, bench/ or web/ into src/.',
    from: { path: '^src/' },
    to: { path: '^(test|scripts|bench|web|examples)/' },
  },
]

module.exports = {
  forbidden: forbidden.map((rule) => ({ ...rule, severity: 'error' })),
  options: {
    doNotFollow: { path: ['node_modules', '^src/store/generated/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { conditionNames: ['source', 'import', 'node', 'default', 'types'], exportsFields: ['exports'] },
  },
}
