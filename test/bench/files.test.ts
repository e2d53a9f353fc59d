import { describe, expect, it } from 'vitest'
import { openFiles } from '#engine/manifests/files/open-files'
import { isTextFault, parseText } from '#engine/manifests/parsing/parse-text'
import { manifestFiles } from '../../bench/generate/manifest-files.js'
import { repositoryFiles } from '../../bench/generate/repository-files.js'

describe('the files of the bench', () => {
  it('are one a namespace, and hold what the floor parses', () => {
    const files = manifestFiles({ clusters: 1, services: 12, pods: 24, namespaces: 4 })
    expect(files).toHaveLength(6)
    for (const { yaml, objects } of files) {
      const parsed = parseText(yaml, 'application/yaml')
      expect(isTextFault(parsed) ? parsed : parsed.documents.map(({ value }) => value)).toEqual(objects)
    }
  })

  it('are a repository of which charts, kustomizations and pipelines are left out, and nothing is broken', () => {
    const files = repositoryFiles()
      .filter(({ path }) => /\.ya?ml$/.test(path))
      .map(({ path, text }) => ({ path, body: new TextEncoder().encode(text) }))
    const open = openFiles(files)
    const opened = files.map(open)
    expect(opened.filter((file) => 'fault' in file)).toEqual([])
    const reasons = new Set(opened.flatMap((file) => ('leftOut' in file ? [file.leftOut] : [])))
    expect([...reasons].toSorted()).toEqual(['CHART', 'CI', 'HELM_TEMPLATE', 'HELM_VALUES', 'KUSTOMIZATION', 'KUSTOMIZE_PATCH'])
    expect(opened.filter((file) => 'documents' in file).length).toBeGreaterThan(200)
  })
})
