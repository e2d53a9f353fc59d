const chartFile = /(?:^|\/)Chart\.ya?ml$/

/** Templates, and what else only `helm` reads, of the charts among these files. */
export const chartTemplates = (paths: readonly string[]): ((path: string) => boolean) => {
  const charts = paths.filter((path) => chartFile.test(path)).map((path) => path.slice(0, path.lastIndexOf('/') + 1))
  const templates = charts.map((chart) => `${chart}templates/`)
  return (path) => templates.some((folder) => path.startsWith(folder))
}
