import * as yaml from 'js-yaml'
import { expect } from 'vitest'
import { conditions } from '../../src/engine/model/conditions.js'
import type { ResourceRef } from '../../src/engine/model/resource-ref.js'
import type { EndpointPath, Reachability } from '../../src/engine/model/reachability.js'
import type { Report } from '../../src/engine/model/report.js'
import type { Remedy } from '../../src/engine/model/step.js'
import type { Blame, ExpectedCall, ExpectedFinding, ExpectedRemedy, ExpectedVisibility } from './scenario.js'
import type { OpenDoor } from './door.js'

const matches = (ref: Pick<ResourceRef, 'cluster' | 'kind' | 'namespace' | 'name'>, blame: Blame): boolean =>
  ref.kind === blame.kind &&
  ref.name === blame.name &&
  (blame.cluster === undefined || ref.cluster === blame.cluster) &&
  (blame.namespace === undefined || ref.namespace === blame.namespace)

const allSteps = (answer: Reachability) => [...answer.steps, ...answer.endpoints.flatMap((path) => path.steps)]

const inUse = (answer: Reachability): EndpointPath[] => answer.endpoints.filter((path) => path.share > 0)

const checkBlame = (answer: Reachability, blame: Blame): void => {
  const refs = allSteps(answer).flatMap((step) => step.because)
  const among = refs.map((ref) => `${ref.cluster}/${ref.kind}/${ref.namespace}/${ref.name}`).join(', ')
  expect(
    refs.some((ref) => matches(ref, blame)),
    `${JSON.stringify(blame)} among ${among}`,
  ).toBe(true)
}

const checkWords = (answer: Reachability, wanted: readonly string[] = []): void => {
  const told = [answer.summary, ...allSteps(answer).map(({ message }) => message)].join('\n')
  for (const words of wanted) expect(told).toContain(words)
}

/** Does the answer say what the rules say? Only what was written down is compared. */
export const checkCall = (answer: Reachability, { expect: wanted }: ExpectedCall): void => {
  expect(answer.verdict, answer.summary).toBe(wanted.verdict)
  if (wanted.reason) expect(answer.reason, answer.summary).toBe(wanted.reason)
  if (wanted.stage) {
    const step = allSteps(answer).find(({ stage, reason }) => stage === wanted.stage && reason === answer.reason)
    expect(step, `a step at ${wanted.stage} with reason ${answer.reason}: ${answer.summary}`).toBeDefined()
  }
  if (wanted.blames) checkBlame(answer, wanted.blames)
  if (wanted.endpoints !== undefined) expect(inUse(answer).length, answer.summary).toBe(wanted.endpoints)
  if (wanted.clusters) expect(new Set(inUse(answer).map((path) => path.cluster))).toEqual(new Set(wanted.clusters))
  if (wanted.viaGateway !== undefined) expect(inUse(answer).some((path) => path.via !== null)).toBe(wanted.viaGateway)
  if (wanted.dropped)
    expect(answer.endpoints.filter((path) => path.priority === null).map((path) => path.reason)).toEqual(
      expect.arrayContaining([...wanted.dropped]),
    )
  if (wanted.assumptions) expect(answer.assumptions.map(({ code }) => code)).toEqual(expect.arrayContaining([...wanted.assumptions]))
  for (const { code, on } of answer.conditions) expect([on, null], code).toContain(conditions[code].on)
  if (wanted.conditions) expect(answer.conditions.map(({ on }) => on)).toEqual(expect.arrayContaining([...wanted.conditions]))
  checkWords(answer, wanted.says)
  if (wanted.remedies) expect(answer.remedies.map(changeOf), answer.summary).toEqual(wanted.remedies)
}

const changeOf = ({ cluster, manifest }: Remedy): ExpectedRemedy => {
  const objects = yaml.loadAll(manifest ?? '') as { readonly kind: string; readonly metadata: { readonly name: string } }[]
  return { cluster, objects: objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`) }
}

type Visibility = Awaited<ReturnType<OpenDoor['visibility']>>

export const checkVisibility = (seen: Visibility, { visible, hidden, routes }: ExpectedVisibility): void => {
  const hosts = seen.services.map(({ host }) => host)
  for (const one of routes ?? []) checkRoutes(seen, one)
  for (const host of visible ?? []) expect(hosts).toContain(host)
  for (const { host, reason } of hidden ?? []) {
    expect(hosts).not.toContain(host)
    const found = seen.hidden.find((service) => service.host === host)
    expect(found, `${host} among the hidden: ${seen.hidden.map((service) => service.host).join(', ')}`).toBeDefined()
    if (reason) expect(found?.reason).toBe(reason)
  }
}

const checkRoutes = (seen: Visibility, { host, acting, idle }: NonNullable<ExpectedVisibility['routes']>[number]): void => {
  const routes = seen.services.find((service) => service.host === host)?.routes ?? []
  const named = (applies: boolean): string[] =>
    routes.filter((one) => one.applies === applies).map(({ route: { kind, namespace, name } }) => `${kind}/${namespace}/${name}`)
  expect([named(true), named(false)], host).toEqual([acting, idle])
}

/** Every finding that matters is expected, and every expected one is there. */
export const checkFindings = (report: Report, wanted: readonly ExpectedFinding[]): void => {
  const told = report.findings.filter(({ severity }) => severity !== 'INFO')
  const unexpected = told.filter(
    (finding) =>
      !wanted.some((one) => one.code === finding.code && (!one.resource || (finding.resource && matches(finding.resource, one.resource)))),
  )
  expect(unexpected.map(({ code, message }) => `${code}: ${message}`)).toEqual([])
  for (const one of wanted) expect(report.findings.map(({ code }) => code)).toContain(one.code)
}
