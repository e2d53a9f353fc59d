import type Type from 'typebox'
import { IdentityTrust, TrustDirection } from '#engine/model/identity-trust'
import {
  DestinationInput,
  HeaderInput,
  IdentityInput,
  NamedValue,
  ProxyInput,
  ReachabilityQuestion,
  SourceInput,
  SpokenProtocol,
  TrustQuestion,
  VisibilityQuestion,
} from '#engine/model/question'
import { EndpointPath, Reachability, ViaGateway } from '#engine/model/reachability'
import { AssertionResult, Finding, Report } from '#engine/model/report'
import { ResourceRef, SourcePlace } from '#engine/model/resource-ref'
import { Assumption, Condition, Remedy, Step } from '#engine/model/step'
import { AppendAnswer, Compatibility, TopologySummary, VersionSummary } from '#engine/model/stored-version'
import { ClusterEntry, TopologyDocument } from '#engine/model/topology-document'
import { Stage, StepOutcome, TrustVerdict, Verdict } from '#engine/model/verdict'
import {
  DroppedEndpoint,
  HiddenService,
  Page,
  ServiceVisibility,
  VisibleEndpoint,
  VisiblePort,
  VisibleService,
  VisibleSubset,
} from '#engine/model/visibility'
import { ProblemDocument, ProblemFault } from '../problem-document.js'
import { ReachabilityAnswers, ReachabilityQuestions } from '../reachability-batch.js'

/** The shapes that have a name of their own in OpenAPI; wherever one stands inside another, it is referred to. */
export const namedShapes: Readonly<Record<string, Type.TSchema>> = {
  AppendAnswer,
  AssertionResult,
  Assumption,
  ClusterEntry,
  Compatibility,
  Condition,
  DestinationInput,
  DroppedEndpoint,
  EndpointPath,
  Finding,
  HeaderInput,
  HiddenService,
  IdentityInput,
  IdentityTrust,
  NamedValue,
  Page,
  Problem: ProblemDocument,
  ProblemFault,
  ProxyInput,
  Reachability,
  ReachabilityAnswers,
  ReachabilityQuestion,
  ReachabilityQuestions,
  Remedy,
  Report,
  ResourceRef,
  ServiceVisibility,
  SourceInput,
  SourcePlace,
  SpokenProtocol,
  Stage,
  Step,
  StepOutcome,
  TopologyDocument,
  TopologySummary,
  TrustDirection,
  TrustQuestion,
  TrustVerdict,
  Verdict,
  VersionSummary,
  ViaGateway,
  VisibilityQuestion,
  VisibleEndpoint,
  VisiblePort,
  VisibleService,
  VisibleSubset,
}
