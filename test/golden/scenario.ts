import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as yaml from 'js-yaml'
import type { DeploymentModel } from '../../src/engine/model/deployment-model.js'
import type { DestinationInput, IdentityInput, SourceInput } from '../../src/engine/model/question.js'

/** An object that an answer has to name. */
export interface Blame {
  readonly cluster?: string | null
  readonly kind: string
  readonly namespace?: string | null
  readonly name: string
}

/** A change that turns the verdict: where, and the objects of its manifest as `Kind/name`, none where nothing can be applied. */
export interface ExpectedRemedy {
  readonly cluster: string | null
  readonly objects: readonly string[]
}

export interface ExpectedCall {
  readonly name: string
  readonly from: SourceInput
  readonly to: DestinationInput
  readonly at?: string
  readonly expect: {
    readonly verdict: string
    readonly reason?: string
    readonly stage?: string
    readonly blames?: Blame
    /** Endpoints with a share of the traffic. */
    readonly endpoints?: number
    /** Their clusters, in any order, each once. */
    readonly clusters?: readonly string[]
    /** Reasons of endpoints that the client is never given. */
    readonly dropped?: readonly string[]
    readonly viaGateway?: boolean
    readonly assumptions?: readonly string[]
    readonly conditions?: readonly string[]
    /** Words of the summary, or of a step: what has to be understood by somebody who does not know the rule. */
    readonly says?: readonly string[]
    /** All of them, in order. */
    readonly remedies?: readonly ExpectedRemedy[]
  }
}

export interface ExpectedVisibility {
  readonly from: SourceInput
  readonly visible?: readonly string[]
  readonly hidden?: readonly { readonly host: string; readonly reason?: string }[]
  /** All that are attached to a service or meant to be, as `Kind/namespace/name`, and whether they act. */
  readonly routes?: readonly { readonly host: string; readonly acting: readonly string[]; readonly idle: readonly string[] }[]
}

export interface ExpectedTrust {
  readonly name?: string
  readonly client: IdentityInput
  readonly server: IdentityInput
  readonly at?: string
  readonly expect: { readonly verdict: string; readonly reason?: string }
}

export interface ExpectedFinding {
  readonly code: string
  readonly resource?: Blame
}

/** What becomes of a call whose verdict the document itself states. */
export interface ExpectedAssertion {
  readonly name: string
  readonly verdict: string
  readonly passed: boolean
}

/** Hand-written answers beside a topology. `findings` lists every ERROR and WARNING that validate reports, no more. */
export interface Expectations {
  readonly deployment?: DeploymentModel
  readonly reachability?: readonly ExpectedCall[]
  readonly visibility?: readonly ExpectedVisibility[]
  readonly trust?: readonly ExpectedTrust[]
  readonly findings?: readonly ExpectedFinding[]
  /** All of them, in order. */
  readonly assertions?: readonly ExpectedAssertion[]
  /** How many findings the document's suppressions take out. */
  readonly suppressed?: number
}

export interface Scenario {
  readonly name: string
  /** The folder that `topology.yaml` stands in. */
  readonly folder: string
  readonly expectations: Expectations
}

/** Every story told in the folder: its subfolders with a topology and hand-written answers. */
export const scenariosIn = (folder: string): Scenario[] =>
  readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => existsSync(join(path, 'topology.yaml')))
    .map((path) => ({ name: basename(path), folder: path, expectations: readExpectations(path) }))

const readExpectations = (folder: string): Expectations => {
  const text = readFileSync(join(folder, 'expect.yaml'), 'utf8')
  return yaml.load(text) as Expectations
}
