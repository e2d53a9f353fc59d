import { AuditEntry } from '#engine/model/access/audit'
import { Scope } from '#engine/model/access/scope'
import { CreatedToken, TokenRequest, TokenSummary } from '#engine/model/access/token'
import type Type from 'typebox'
import { EffectivePolicy, PolicyConcern, PolicyRow, PolicyState } from '#engine/model/groups/effective-policy'
import { EffectivePolicyQuestion, GroupBy, GroupQuestion, IsolationQuestion } from '#engine/model/groups/group-question'
import {
  Group,
  GroupedCalls,
  GroupKind,
  GroupRow,
  GroupTotal,
  Isolation,
  IsolationVerdict,
  TracedCall,
} from '#engine/model/groups/grouped-calls'
import { SubjectInput } from '#engine/model/groups/subject-input'
import { IdentityTrust, TrustDirection } from '#engine/model/identity-trust'
import {
  ControlPlaneAnswer,
  InboundMode,
  NetworkEntrance,
  ProxyAnswer,
  ProxyConfig,
  ProxyConfigQuestion,
  ProxyTarget,
  RouteShares,
  ScopedHost,
  SentProtocol,
  TargetEndpoint,
  TargetType,
  UnknownHosts,
} from '#engine/model/proxy-config'
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
import { Check, CheckReason, CheckVerdict } from '#engine/model/check'
import { EndpointPath, Reachability, ViaGateway } from '#engine/model/reachability'
import { AssertionOutcome, AssertionResult, AssertionSummary, Finding, Report } from '#engine/model/report'
import { Limits } from '#engine/model/limits'
import { Operation, OperationStatus } from '#engine/model/operation'
import { ResourceRef, SourcePlace } from '#engine/model/resource-ref'
import { AlsoOpens, Hop, HopKind, NearMiss, Remedy, Step, ToldAssumption, ToldCondition } from '#engine/model/step'
import { AssertionHeader } from '#engine/model/topology/assertion-header'
import { AssertionCallers, AssertionServers } from '#engine/model/topology/assertion-side'
import { StatedPlaces } from '#engine/model/topology/stated-places'
import { AppendAnswer, Compatibility, TopologyAnswer, TopologySummary, VersionSummary } from '#engine/model/stored/stored-version'
import { ClusterEntry, TopologyDocument } from '#engine/model/topology-document'
import { Stage, StepOutcome, TrustVerdict, Verdict } from '#engine/model/verdict'
import {
  DroppedEndpoint,
  HiddenService,
  Page,
  ServiceVisibility,
  VisibleEndpoint,
  VisiblePort,
  VisibleRoute,
  VisibleService,
  VisibleSubset,
} from '#engine/model/visibility'
import { KubernetesObjects } from '../kubernetes-objects.js'
import { ProblemDocument, ProblemFault } from '../problem-document.js'
import { ReachabilityAnswers, ReachabilityQuestions } from '../questions/reachability-questions.js'

/** The shapes that have a name of their own in OpenAPI; wherever one stands inside another, it is referred to. */
export const namedShapes: Readonly<Record<string, Type.TSchema>> = {
  AlsoOpens,
  AppendAnswer,
  AssertionCallers,
  AssertionHeader,
  AssertionOutcome,
  AssertionResult,
  AssertionServers,
  AssertionSummary,
  Assumption: ToldAssumption,
  AuditEntry,
  Check,
  CheckReason,
  CheckVerdict,
  ClusterEntry,
  Compatibility,
  Condition: ToldCondition,
  CreatedToken,
  ControlPlaneAnswer,
  DestinationInput,
  DroppedEndpoint,
  EffectivePolicy,
  EffectivePolicyQuestion,
  EndpointPath,
  Finding,
  Group,
  GroupBy,
  GroupedCalls,
  GroupKind,
  GroupQuestion,
  GroupRow,
  GroupTotal,
  HeaderInput,
  HiddenService,
  IdentityInput,
  Hop,
  HopKind,
  IdentityTrust,
  InboundMode,
  Isolation,
  IsolationQuestion,
  IsolationVerdict,
  KubernetesObjects,
  Limits,
  NamedValue,
  NearMiss,
  NetworkEntrance,
  Operation,
  OperationStatus,
  Page,
  PolicyConcern,
  PolicyRow,
  PolicyState,
  Problem: ProblemDocument,
  ProblemFault,
  ProxyAnswer,
  ProxyConfig,
  ProxyConfigQuestion,
  ProxyInput,
  ProxyTarget,
  Reachability,
  ReachabilityAnswers,
  ReachabilityQuestion,
  ReachabilityQuestions,
  Remedy,
  Report,
  ResourceRef,
  RouteShares,
  ScopedHost,
  SentProtocol,
  ServiceVisibility,
  SourceInput,
  SourcePlace,
  SpokenProtocol,
  Scope,
  Stage,
  Step,
  StatedPlaces,
  StepOutcome,
  SubjectInput,
  TargetEndpoint,
  TargetType,
  Token: TokenSummary,
  TokenRequest,
  TopologyDocument,
  TopologyAnswer,
  TopologySummary,
  TracedCall,
  TrustDirection,
  TrustQuestion,
  TrustVerdict,
  UnknownHosts,
  Verdict,
  VersionSummary,
  ViaGateway,
  VisibilityQuestion,
  VisibleEndpoint,
  VisiblePort,
  VisibleRoute,
  VisibleService,
  VisibleSubset,
}
