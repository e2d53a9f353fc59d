// Required before a program: writes which packages of OpenTelemetry it had loaded when it ended.
process.on('exit', () => {
  const names = Object.keys(require.cache).flatMap((file) => /node_modules\/(@opentelemetry\/[^/]+)\//.exec(file)?.[1] ?? [])
  require('node:fs').writeFileSync(process.env.PACKAGES_LOADED, JSON.stringify([...new Set(names)]))
})
