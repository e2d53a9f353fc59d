// Generated from schema.graphql by `npm run generate`.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { TopologyMapper, ClusterMapper, ControlPlaneMapper, NetworkMapper, ServiceMapper, WorkloadMapper, ProxyAnswerMapper, TopologyVersionMapper, VisibleServiceConnectionMapper } from '../mappers.js';
import type { GraphqlContext } from '../context.js';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A moment as RFC 3339, in UTC: `2026-01-31T12:00:00.000Z`. */
  DateTime: { input: string; output: string; }
};

/** Anything that can be found again by its opaque ID. */
export type Node = {
  /** Opaque and stable; give it to `node`. */
  readonly id: Scalars['ID']['output'];
};

/** What can be asked. Everything is read only: documents come in over REST or the command line. */
export type Query = {
  readonly __typename?: 'Query';
  /** The topology of this name; null when there is none. */
  readonly topology?: Maybe<Topology>;
  /** Topologies by name. */
  readonly topologies: TopologyConnection;
  /** The object of this ID; null when it is gone. */
  readonly node?: Maybe<Node>;
};


/** What can be asked. Everything is read only: documents come in over REST or the command line. */
export type QueryTopologyArgs = {
  name: Scalars['String']['input'];
};


/** What can be asked. Everything is read only: documents come in over REST or the command line. */
export type QueryTopologiesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** What can be asked. Everything is read only: documents come in over REST or the command line. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};

/** Where a page of a connection ends. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Are there items behind this page? */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Was the page asked for behind an earlier one, whose items come before it? */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the page's first item; null for an empty page. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
  /** Cursor of the page's last item; null for an empty page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

/** How a new version may differ from the one it replaces. */
export type Compatibility =
  /** In any way. */
  | 'NONE'
  /** No call that was reachable may be lost. */
  | 'NO_LOST_REACH'
  /** No call that was not reachable may become so. */
  | 'NO_NEW_REACH'
  /** Neither. */
  | 'FULL';

/** A named topology with its versions. */
export type Topology = Node & {
  readonly __typename?: 'Topology';
  /** Opaque ID. */
  readonly id: Scalars['ID']['output'];
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** What its owners say it is. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** How a new version may differ from the one it replaces. */
  readonly compatibility: Compatibility;
  /** When it was created. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Number of the newest version; 0 while there is none. */
  readonly head: Scalars['Int']['output'];
  /** One version; null when there is none. */
  readonly version?: Maybe<TopologyVersion>;
  /** Versions, the newest first. */
  readonly versions: TopologyVersionConnection;
};


/** A named topology with its versions. */
export type TopologyVersionArgs = {
  ref?: Scalars['String']['input'];
};


/** A named topology with its versions. */
export type TopologyVersionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A page of topologies. */
export type TopologyConnection = {
  readonly __typename?: 'TopologyConnection';
  /** Items with their cursors. */
  readonly edges: ReadonlyArray<TopologyEdge>;
  /** Items alone. */
  readonly nodes: ReadonlyArray<Topology>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
};

/** A topology on a page. */
export type TopologyEdge = {
  readonly __typename?: 'TopologyEdge';
  /** Continues behind this item. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: Topology;
};

/** A page of versions. */
export type TopologyVersionConnection = {
  readonly __typename?: 'TopologyVersionConnection';
  /** Items with their cursors. */
  readonly edges: ReadonlyArray<TopologyVersionEdge>;
  /** Items alone. */
  readonly nodes: ReadonlyArray<TopologyVersion>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
};

/** A version on a page. */
export type TopologyVersionEdge = {
  readonly __typename?: 'TopologyVersionEdge';
  /** Continues behind this item. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: TopologyVersion;
};

/** Something that questions can be asked about. A question that cannot be asked is null, with an error that says why. */
export type AnsweringVersion = {
  /** SHA-256 of the content: equal content has equal answers. */
  readonly contentHash: Scalars['String']['output'];
  /** Which of the deployment models this is. */
  readonly deployment: DeploymentModel;
  /** Can this source call that destination, and why? */
  readonly reachability?: Maybe<Reachability>;
  /** Which services does this source see, and which not? */
  readonly serviceVisibility?: Maybe<VisibleServiceConnection>;
  /** Do these two identities accept each other? */
  readonly identityTrust?: Maybe<IdentityTrust>;
  /** Who can call this, and who cannot, and why? */
  readonly callers?: Maybe<GroupRowConnection>;
  /** Whom can this call, and whom not, and why? */
  readonly reach?: Maybe<GroupRowConnection>;
  /** Is there no call between these two, in either direction? The calls that break it come first. */
  readonly isolation?: Maybe<GroupRowConnection>;
  /** What is in force for a workload, port by port, and what overrides what? */
  readonly effectivePolicy?: Maybe<PolicyRowConnection>;
  /** What do control planes give to this proxy? More than 512 KiB are given by REST only, which streams. */
  readonly proxyConfig?: Maybe<ProxyConfig>;
  /** Configuration mistakes, the gravest first. */
  readonly findings: FindingConnection;
};


/** Something that questions can be asked about. A question that cannot be asked is null, with an error that says why. */
export type AnsweringVersionReachabilityArgs = {
  from: SourceInput;
  to: DestinationInput;
  at?: InputMaybe<Scalars['DateTime']['input']>;
  alsoOpens?: InputMaybe<Scalars['Boolean']['input']>;
};


/** Something that questions can be asked about. A question that cannot be asked is null, with an error that says why. */
export type AnsweringVersionServiceVisibilityArgs = {
  from: SourceInput;
  host?: InputMaybe<Scalars['String']['input']>;
  endpoints?: InputMaybe<Scalars['Boolean']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Something that questions can be asked about. A question that cannot be asked is null, with an error that says why. */
export type AnsweringVersionIdentityTrustArgs = {
  client: IdentityInput;
  server: IdentityInput;
  at?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Something that questions can be asked about. A question that cannot be asked is null, with an error that says why. */
export type AnsweringVersionCallersArgs = {
  of: SubjectInput;
  port?: InputMaybe<Scalars['Int']['input']>;
  by?: InputMaybe<GroupBy>;
  verdicts?: InputMaybe<ReadonlyArray<Verdict>>;
  reason?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Something that questions can be asked about. A question that cannot be asked is null, with an error that says why. */
export type AnsweringVersionReachArgs = {
  of: SubjectInput;
  port?: InputMaybe<Scalars['Int']['input']>;
  by?: InputMaybe<GroupBy>;
  verdicts?: InputMaybe<ReadonlyArray<Verdict>>;
  reason?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Something that questions can be asked about. A question that cannot be asked is null, with an error that says why. */
export type AnsweringVersionIsolationArgs = {
  between: ReadonlyArray<SubjectInput>;
  port?: InputMaybe<Scalars['Int']['input']>;
  by?: InputMaybe<GroupBy>;
  verdicts?: InputMaybe<ReadonlyArray<Verdict>>;
  reason?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Something that questions can be asked about. A question that cannot be asked is null, with an error that says why. */
export type AnsweringVersionEffectivePolicyArgs = {
  of: SubjectInput;
  port?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Something that questions can be asked about. A question that cannot be asked is null, with an error that says why. */
export type AnsweringVersionProxyConfigArgs = {
  from?: InputMaybe<SourceInput>;
};


/** Something that questions can be asked about. A question that cannot be asked is null, with an error that says why. */
export type AnsweringVersionFindingsArgs = {
  filter?: InputMaybe<FindingFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** One immutable version of a topology. */
export type TopologyVersion = Node & AnsweringVersion & {
  readonly __typename?: 'TopologyVersion';
  /** Opaque ID. */
  readonly id: Scalars['ID']['output'];
  /** 1, 2, 3 … without gaps. */
  readonly number: Scalars['Int']['output'];
  /** When it was stored. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Who stored it, as stated. */
  readonly author?: Maybe<Scalars['String']['output']>;
  /** Why, as stated. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** Tags that point at it. */
  readonly tags: ReadonlyArray<Scalars['String']['output']>;
  /** SHA-256 of the content: equal content has equal answers. */
  readonly contentHash: Scalars['String']['output'];
  /** Which of the deployment models this is. */
  readonly deployment: DeploymentModel;
  /** Can this source call that destination, and why? */
  readonly reachability?: Maybe<Reachability>;
  /** Which services does this source see, and which not? */
  readonly serviceVisibility?: Maybe<VisibleServiceConnection>;
  /** Do these two identities accept each other? */
  readonly identityTrust?: Maybe<IdentityTrust>;
  /** Who can call this, and who cannot, and why? */
  readonly callers?: Maybe<GroupRowConnection>;
  /** Whom can this call, and whom not, and why? */
  readonly reach?: Maybe<GroupRowConnection>;
  /** Is there no call between these two, in either direction? The calls that break it come first. */
  readonly isolation?: Maybe<GroupRowConnection>;
  /** What is in force for a workload, port by port, and what overrides what? */
  readonly effectivePolicy?: Maybe<PolicyRowConnection>;
  /** What do control planes give to this proxy? More than 512 KiB are given by REST only, which streams. */
  readonly proxyConfig?: Maybe<ProxyConfig>;
  /** Configuration mistakes, the gravest first. */
  readonly findings: FindingConnection;
  /** Its meshes. */
  readonly meshes: ReadonlyArray<Mesh>;
  /** Its networks. */
  readonly networks: ReadonlyArray<Network>;
  /** Its clusters. */
  readonly clusters: ReadonlyArray<Cluster>;
  /** Its control planes. */
  readonly controlPlanes: ReadonlyArray<ControlPlane>;
  /** Its services by host, each hostname and namespace once. */
  readonly services: ServiceConnection;
  /** One service; null when there is none. */
  readonly service?: Maybe<Service>;
  /** One workload; null when there is none. */
  readonly workload?: Maybe<Workload>;
  /** Its workloads by cluster, namespace and name. */
  readonly workloads: WorkloadConnection;
  /** Its tenants. */
  readonly tenants: ReadonlyArray<Tenant>;
};


/** One immutable version of a topology. */
export type TopologyVersionReachabilityArgs = {
  from: SourceInput;
  to: DestinationInput;
  at?: InputMaybe<Scalars['DateTime']['input']>;
  alsoOpens?: InputMaybe<Scalars['Boolean']['input']>;
};


/** One immutable version of a topology. */
export type TopologyVersionServiceVisibilityArgs = {
  from: SourceInput;
  host?: InputMaybe<Scalars['String']['input']>;
  endpoints?: InputMaybe<Scalars['Boolean']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** One immutable version of a topology. */
export type TopologyVersionIdentityTrustArgs = {
  client: IdentityInput;
  server: IdentityInput;
  at?: InputMaybe<Scalars['DateTime']['input']>;
};


/** One immutable version of a topology. */
export type TopologyVersionCallersArgs = {
  of: SubjectInput;
  port?: InputMaybe<Scalars['Int']['input']>;
  by?: InputMaybe<GroupBy>;
  verdicts?: InputMaybe<ReadonlyArray<Verdict>>;
  reason?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
};


/** One immutable version of a topology. */
export type TopologyVersionReachArgs = {
  of: SubjectInput;
  port?: InputMaybe<Scalars['Int']['input']>;
  by?: InputMaybe<GroupBy>;
  verdicts?: InputMaybe<ReadonlyArray<Verdict>>;
  reason?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
};


/** One immutable version of a topology. */
export type TopologyVersionIsolationArgs = {
  between: ReadonlyArray<SubjectInput>;
  port?: InputMaybe<Scalars['Int']['input']>;
  by?: InputMaybe<GroupBy>;
  verdicts?: InputMaybe<ReadonlyArray<Verdict>>;
  reason?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
};


/** One immutable version of a topology. */
export type TopologyVersionEffectivePolicyArgs = {
  of: SubjectInput;
  port?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
};


/** One immutable version of a topology. */
export type TopologyVersionProxyConfigArgs = {
  from?: InputMaybe<SourceInput>;
};


/** One immutable version of a topology. */
export type TopologyVersionFindingsArgs = {
  filter?: InputMaybe<FindingFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** One immutable version of a topology. */
export type TopologyVersionServicesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** One immutable version of a topology. */
export type TopologyVersionServiceArgs = {
  host: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
};


/** One immutable version of a topology. */
export type TopologyVersionWorkloadArgs = {
  cluster: Scalars['String']['input'];
  namespace: Scalars['String']['input'];
  name: Scalars['String']['input'];
};


/** One immutable version of a topology. */
export type TopologyVersionWorkloadsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A service mesh. */
export type Mesh = {
  readonly __typename?: 'Mesh';
  /** The mesh ID. */
  readonly name: Scalars['String']['output'];
  /** Its trust domain; null when unknown. */
  readonly trustDomain?: Maybe<Scalars['String']['output']>;
  /** Names of its clusters. */
  readonly clusters: ReadonlyArray<Scalars['String']['output']>;
  /** Names of its control planes. */
  readonly controlPlanes: ReadonlyArray<Scalars['String']['output']>;
};

/** Workloads that reach each other's addresses without a gateway. */
export type Network = {
  readonly __typename?: 'Network';
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** Networks whose pod addresses it reaches without a gateway. */
  readonly routableTo: ReadonlyArray<Scalars['String']['output']>;
  /** Names of the clusters that stand in it. */
  readonly clusters: ReadonlyArray<Scalars['String']['output']>;
  /** The clusters that stand in it. */
  readonly holds: ReadonlyArray<Cluster>;
};

/** A Kubernetes cluster. */
export type Cluster = {
  readonly __typename?: 'Cluster';
  /** The cluster ID. */
  readonly name: Scalars['String']['output'];
  /** The mesh it belongs to; null when unknown. */
  readonly mesh?: Maybe<Scalars['String']['output']>;
  /** The network of its pods; null when unknown. */
  readonly network?: Maybe<Scalars['String']['output']>;
  /** Its region; null when unknown. */
  readonly region?: Maybe<Scalars['String']['output']>;
  /** Its zone; null when unknown. */
  readonly zone?: Maybe<Scalars['String']['output']>;
  /** PRIMARY, REMOTE, EXTERNAL or NONE; null when unknown. */
  readonly role?: Maybe<Scalars['String']['output']>;
  /** Is it a dump of a live cluster, whose status is fact? */
  readonly observed: Scalars['Boolean']['output'];
  /** Namespaces that something is in. */
  readonly namespaces: ReadonlyArray<Scalars['String']['output']>;
  /** Control planes that may serve its proxies, the default first. */
  readonly controlPlanes: ReadonlyArray<Scalars['String']['output']>;
  /** Objects by kind. */
  readonly counts: ReadonlyArray<KindCount>;
  /** The network of its pods; null when unknown. */
  readonly standsIn?: Maybe<Network>;
  /** The control planes that may serve its proxies, the default first. */
  readonly managedBy: ReadonlyArray<ControlPlane>;
  /** The mesh it belongs to; null when unknown. */
  readonly memberOf?: Maybe<Mesh>;
};

/** How many objects of a kind there are. */
export type KindCount = {
  readonly __typename?: 'KindCount';
  /** The kind. */
  readonly kind: Scalars['String']['output'];
  /** How many. */
  readonly count: Scalars['Int']['output'];
};

/** An istiod installation. */
export type ControlPlane = {
  readonly __typename?: 'ControlPlane';
  /** Its name; with a revision `cluster/revision`. */
  readonly name: Scalars['String']['output'];
  /** The cluster it runs in; null when it runs outside every listed one. */
  readonly cluster?: Maybe<Scalars['String']['output']>;
  /** The cluster whose API server holds its Istio objects; null when unknown. */
  readonly configCluster?: Maybe<Scalars['String']['output']>;
  /** Its revision; empty for the default one. */
  readonly revision: Scalars['String']['output'];
  /** Istio's version, stated or assumed. */
  readonly version: Scalars['String']['output'];
  /** The trust domain it issues certificates in. */
  readonly trustDomain: Scalars['String']['output'];
  /** Clusters whose endpoints it discovers. */
  readonly clusters: ReadonlyArray<Scalars['String']['output']>;
  /** The clusters whose endpoints it discovers. */
  readonly reads: ReadonlyArray<Cluster>;
};

/** A service as the topology knows it, whoever sees it. */
export type Service = {
  readonly __typename?: 'Service';
  /** Its hostname. */
  readonly host: Scalars['String']['output'];
  /** Its namespace. */
  readonly namespace: Scalars['String']['output'];
  /** Clusters that hold its definition. */
  readonly clusters: ReadonlyArray<Scalars['String']['output']>;
  /** Its ports. */
  readonly ports: ReadonlyArray<ServicePort>;
  /** The workloads behind it, by cluster, namespace and name. */
  readonly workloads: WorkloadConnection;
  /** The clusters in which something stands behind it. */
  readonly runsIn: ReadonlyArray<Cluster>;
  /** Who can call it, and who cannot, and why? */
  readonly callers?: Maybe<GroupRowConnection>;
  /** Whom can the workloads behind it call, and whom not, and why? */
  readonly reach?: Maybe<GroupRowConnection>;
  /** Mistakes in what defines it, in what says where calls to it go and how, in what stands behind it, and in what is in force there; the gravest first. */
  readonly findings: FindingConnection;
  /** What says where calls to it go, and how callers connect; and what would, and does not. */
  readonly routes: ReadonlyArray<ServiceRoute>;
  /** Whom its callers meet: who the workloads behind it are in a handshake. */
  readonly identities: ReadonlyArray<Identity>;
  /** The objects that define it, and where they were written. */
  readonly source: ReadonlyArray<ResourceRef>;
  /** Its labels, of those that tell people whose it is and what it is part of. */
  readonly labels: ReadonlyArray<Label>;
  /** Its annotations, of those that tell people whose it is and what it is part of. */
  readonly annotations: ReadonlyArray<Label>;
};


/** A service as the topology knows it, whoever sees it. */
export type ServiceWorkloadsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A service as the topology knows it, whoever sees it. */
export type ServiceCallersArgs = {
  port?: InputMaybe<Scalars['Int']['input']>;
  by?: InputMaybe<GroupBy>;
  verdicts?: InputMaybe<ReadonlyArray<Verdict>>;
  reason?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
};


/** A service as the topology knows it, whoever sees it. */
export type ServiceReachArgs = {
  port?: InputMaybe<Scalars['Int']['input']>;
  by?: InputMaybe<GroupBy>;
  verdicts?: InputMaybe<ReadonlyArray<Verdict>>;
  reason?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
};


/** A service as the topology knows it, whoever sees it. */
export type ServiceFindingsArgs = {
  filter?: InputMaybe<FindingFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** An object with a say in where calls to a service go, or in how callers connect. */
export type ServiceRoute = {
  readonly __typename?: 'ServiceRoute';
  /** What it has a say in: ROUTES, or DESTINATION. */
  readonly concern: PolicyConcern;
  /** Whether it counts. */
  readonly state: PolicyState;
  /** What it does, or why it does not. */
  readonly message: Scalars['String']['output'];
  /** The object. */
  readonly resource?: Maybe<ResourceRef>;
  /** What overrides it. */
  readonly by?: Maybe<ResourceRef>;
  /** Names of the control planes that see it so. */
  readonly controlPlanes: ReadonlyArray<Scalars['String']['output']>;
};

/** Who workloads are in a handshake. */
export type Identity = {
  readonly __typename?: 'Identity';
  /** Their SPIFFE ID; null where no control plane gives them one. */
  readonly spiffeId?: Maybe<Scalars['String']['output']>;
  /** The trust domain; null where no control plane gives them one. */
  readonly trustDomain?: Maybe<Scalars['String']['output']>;
  /** The namespace. */
  readonly namespace: Scalars['String']['output'];
  /** The service account. */
  readonly serviceAccount: Scalars['String']['output'];
  /** Names of the clusters in which workloads have it. */
  readonly clusters: ReadonlyArray<Scalars['String']['output']>;
  /** Do those who run as the same account in each cluster accept it when they call, and are they accepted? Certificates are judged at the moment of the request. */
  readonly trust: ReadonlyArray<ClusterTrust>;
};

/** Whether those who run as an account in one cluster and those who do in another accept each other. */
export type ClusterTrust = {
  readonly __typename?: 'ClusterTrust';
  /** The cluster of those who call. */
  readonly from: Scalars['String']['output'];
  /** The cluster of those who are called. */
  readonly to: Scalars['String']['output'];
  /** Both directions together. */
  readonly verdict: TrustVerdict;
  /** Code of the step that decided. */
  readonly reason: Scalars['String']['output'];
  /** The page of that code. */
  readonly help: Scalars['String']['output'];
  /** The earliest end of anything it rests on. */
  readonly validUntil?: Maybe<Scalars['DateTime']['output']>;
};

/** A label, or an annotation. */
export type Label = {
  readonly __typename?: 'Label';
  /** Its key. */
  readonly name: Scalars['String']['output'];
  /** Its value. */
  readonly value: Scalars['String']['output'];
};

/** A port of a service. */
export type ServicePort = {
  readonly __typename?: 'ServicePort';
  /** Its number. */
  readonly number: Scalars['Int']['output'];
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** HTTP, TLS, TCP, UDP or AUTO. */
  readonly protocol: Scalars['String']['output'];
};

/** A page of services. */
export type ServiceConnection = {
  readonly __typename?: 'ServiceConnection';
  /** Items with their cursors. */
  readonly edges: ReadonlyArray<ServiceEdge>;
  /** Items alone. */
  readonly nodes: ReadonlyArray<Service>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
};

/** A service on a page. */
export type ServiceEdge = {
  readonly __typename?: 'ServiceEdge';
  /** Continues behind this item. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: Service;
};

/** A workload: the top owner of its instances. */
export type Workload = {
  readonly __typename?: 'Workload';
  /** The cluster it runs in. */
  readonly cluster: Scalars['String']['output'];
  /** Its namespace. */
  readonly namespace: Scalars['String']['output'];
  /** The owner's kind. */
  readonly kind: Scalars['String']['output'];
  /** The owner's name. */
  readonly name: Scalars['String']['output'];
  /** Its service account. */
  readonly serviceAccount: Scalars['String']['output'];
  /** Instances given or worked out. */
  readonly instances: Scalars['Int']['output'];
  /** SIDECAR, GATEWAY, AMBIENT, PROXYLESS or NONE. */
  readonly dataPlane: Scalars['String']['output'];
  /** The control plane that configures its proxies; null without one. */
  readonly controlPlane?: Maybe<Scalars['String']['output']>;
  /** The cluster it runs in; null where that is not shown. */
  readonly runsIn?: Maybe<Cluster>;
  /** The control plane that configures its proxies; null without one. */
  readonly managedBy?: Maybe<ControlPlane>;
  /** Who it is in a handshake; null where nobody gives it a certificate. */
  readonly identity?: Maybe<Identity>;
  /** Whom can it call, and whom not, and why? */
  readonly reach?: Maybe<GroupRowConnection>;
  /** Which services does it see, and which not? */
  readonly visible?: Maybe<VisibleServiceConnection>;
  /** The objects that it was read from, and where they were written: its owner, or some of its instances. */
  readonly source: ReadonlyArray<ResourceRef>;
  /** Its labels, of those that tell people whose it is and what it is part of. */
  readonly labels: ReadonlyArray<Label>;
  /** Its annotations, of those that tell people whose it is and what it is part of. */
  readonly annotations: ReadonlyArray<Label>;
};


/** A workload: the top owner of its instances. */
export type WorkloadReachArgs = {
  port?: InputMaybe<Scalars['Int']['input']>;
  by?: InputMaybe<GroupBy>;
  verdicts?: InputMaybe<ReadonlyArray<Verdict>>;
  reason?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
};


/** A workload: the top owner of its instances. */
export type WorkloadVisibleArgs = {
  host?: InputMaybe<Scalars['String']['input']>;
  endpoints?: InputMaybe<Scalars['Boolean']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A page of workloads. */
export type WorkloadConnection = {
  readonly __typename?: 'WorkloadConnection';
  /** Items with their cursors. */
  readonly edges: ReadonlyArray<WorkloadEdge>;
  /** Items alone. */
  readonly nodes: ReadonlyArray<Workload>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
};

/** A workload on a page. */
export type WorkloadEdge = {
  readonly __typename?: 'WorkloadEdge';
  /** Continues behind this item. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: Workload;
};

/** A tenant: who is to be kept apart from whom. */
export type Tenant = {
  readonly __typename?: 'Tenant';
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** What it is made of. */
  readonly kind: TenancyKind;
  /** Its namespaces, clusters or meshes. */
  readonly members: ReadonlyArray<Scalars['String']['output']>;
};

/** Who calls. `cluster` and `namespace` are required unless `outside`, `gateway` or `proxy` is given. */
export type SourceInput = {
  /** A client outside of every cluster: its calls enter by the gateways that take the host. */
  readonly outside?: InputMaybe<Scalars['Boolean']['input']>;
  /** The cluster it runs in. */
  readonly cluster?: InputMaybe<Scalars['String']['input']>;
  /** Its namespace. */
  readonly namespace?: InputMaybe<Scalars['String']['input']>;
  /** The owner's name, `Kind/name`, or a pod's own name; absent: every workload that matches the rest. */
  readonly workload?: InputMaybe<Scalars['String']['input']>;
  /** Its service account. */
  readonly serviceAccount?: InputMaybe<Scalars['String']['input']>;
  /** Labels it has. */
  readonly labels?: InputMaybe<ReadonlyArray<LabelInput>>;
  /** A gateway, `cluster/namespace/name`. */
  readonly gateway?: InputMaybe<Scalars['String']['input']>;
  /** A proxy that no object describes. */
  readonly proxy?: InputMaybe<ProxyInput>;
};

/** A proxy described by its metadata. */
export type ProxyInput = {
  /** The cluster it claims to run in. */
  readonly cluster: Scalars['String']['input'];
  /** Its namespace. */
  readonly namespace: Scalars['String']['input'];
  /** Its service account. */
  readonly serviceAccount?: InputMaybe<Scalars['String']['input']>;
  /** Its network (ISTIO_META_NETWORK). */
  readonly network?: InputMaybe<Scalars['String']['input']>;
  /** The control plane that configures it. */
  readonly controlPlane?: InputMaybe<Scalars['String']['input']>;
  /** The revision that injected it. */
  readonly revision?: InputMaybe<Scalars['String']['input']>;
  /** Labels it has. */
  readonly labels?: InputMaybe<ReadonlyArray<LabelInput>>;
  /** Does it answer DNS queries (ISTIO_META_DNS_CAPTURE)? */
  readonly dnsCapture?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A label. */
export type LabelInput = {
  /** Its key. */
  readonly name: Scalars['String']['input'];
  /** Its value. */
  readonly value: Scalars['String']['input'];
};

/** A header that the request has, or has not: one of `value` and `absent: true`. One that is not named is unknown. */
export type HeaderInput = {
  /** Its name, in any case. */
  readonly name: Scalars['String']['input'];
  /** Its value. */
  readonly value?: InputMaybe<Scalars['String']['input']>;
  /** The request has no such header. */
  readonly absent?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What a client speaks on the connection. */
export type SpokenProtocol =
  /** Requests in HTTP, unencrypted as far as the client is concerned. */
  | 'HTTP'
  /** TLS that the client itself begins. */
  | 'TLS'
  /** Plain bytes, the first of them the client's. */
  | 'TCP'
  /** Plain bytes, the first of them the server's, as MySQL and SMTP do. */
  | 'SERVER_FIRST';

/** Whom the source calls, and what it asks for. */
export type DestinationInput = {
  /** The host: short, partly qualified, full, or an address. */
  readonly host: Scalars['String']['input'];
  /** The port; absent: the only one, else all. */
  readonly port?: InputMaybe<Scalars['Int']['input']>;
  /** What the client speaks; absent: as the port declares. */
  readonly protocol?: InputMaybe<SpokenProtocol>;
  /** HTTP method. */
  readonly method?: InputMaybe<Scalars['String']['input']>;
  /** HTTP path. */
  readonly path?: InputMaybe<Scalars['String']['input']>;
  /** HTTP headers; a token is one of them (`authorization`). */
  readonly headers?: InputMaybe<ReadonlyArray<HeaderInput>>;
};

/** One side of a trust question: a SPIFFE ID, or a namespace and service account. */
export type IdentityInput = {
  /** Whose certificate authority signs it. */
  readonly cluster?: InputMaybe<Scalars['String']['input']>;
  /** Its namespace. */
  readonly namespace?: InputMaybe<Scalars['String']['input']>;
  /** Its service account. */
  readonly serviceAccount?: InputMaybe<Scalars['String']['input']>;
  /** Its whole SPIFFE ID. */
  readonly spiffeId?: InputMaybe<Scalars['String']['input']>;
};

/** Can the call be made? */
export type Verdict =
  /** Yes. */
  | 'REACHABLE'
  /** No. */
  | 'UNREACHABLE'
  /** It differs by endpoint, or depends on something the question did not give: see the conditions. */
  | 'AMBIGUOUS'
  /** Something that decides is missing: see the steps. */
  | 'UNDETERMINED';

/** Do the two sides accept each other? */
export type TrustVerdict =
  /** Yes. */
  | 'TRUSTED'
  /** No. */
  | 'NOT_TRUSTED'
  /** It differs by certificate authority. */
  | 'AMBIGUOUS'
  /** Something that decides is missing. */
  | 'UNDETERMINED';

/** The stages of a call in the order in which a proxy works. */
export type Stage =
  /** Does the application get an address for the name? */
  | 'NAME'
  /** Does the proxy know the host? */
  | 'SCOPE'
  /** Where do VirtualServices and DestinationRules send it? */
  | 'ROUTE'
  /** Which endpoints is the proxy given? */
  | 'DISCOVERY'
  /** How are they reached: directly, or through a gateway? */
  | 'NETWORK'
  /** Do network policies let the packets through? */
  | 'NETWORK_POLICY'
  /** Does the server take the transport that the client sends? */
  | 'TRANSPORT'
  /** Do their certificates verify? */
  | 'TRUST'
  /** Do the server's policies allow the request? */
  | 'AUTHORIZATION'
  /** How is the traffic spread over the endpoints? */
  | 'DISTRIBUTION';

/** How a stage ended. */
export type StepOutcome =
  /** The call goes on. */
  | 'PASSED'
  /** The call ends here. */
  | 'STOPPED'
  /** It depends: see the conditions. */
  | 'CONDITIONAL'
  /** Something that decides is missing. */
  | 'UNDETERMINED'
  /** Sightline does not evaluate this; an assumption says so. */
  | 'NOT_MODELLED'
  /** There was nothing to decide. */
  | 'NOT_APPLICABLE';

/** The answer to: can this source call that destination? */
export type Reachability = {
  readonly __typename?: 'Reachability';
  /** Yes, no, it depends, or not known. */
  readonly verdict: Verdict;
  /** Code of the step that decided; DELIVERED or PASSTHROUGH where the call arrives. */
  readonly reason: Scalars['String']['output'];
  /** One sentence for a person. */
  readonly summary: Scalars['String']['output'];
  /** One step a stage, as far as the call got. */
  readonly steps: ReadonlyArray<Step>;
  /** Every endpoint of the destination, those never offered included. */
  readonly endpoints: ReadonlyArray<EndpointPath>;
  /** What the verdict depends on, where it depends. */
  readonly conditions: ReadonlyArray<Condition>;
  /** What was synthesised, defaulted or not modelled. */
  readonly assumptions: ReadonlyArray<Assumption>;
  /** Until when the certificates hold that the answer rests on; null where it rests on none. */
  readonly validUntil?: Maybe<Scalars['DateTime']['output']>;
  /** The smallest changes that would turn the verdict. */
  readonly remedies: ReadonlyArray<Remedy>;
  /** Why there is none, where the call does not arrive; null otherwise. */
  readonly noRemedy?: Maybe<Scalars['String']['output']>;
  /** What the application that calls gets to see, where the call does not arrive and Istio's rules tell it; null otherwise. */
  readonly symptom?: Maybe<Scalars['String']['output']>;
};

/** What one stage found. */
export type Step = {
  readonly __typename?: 'Step';
  /** The stage. */
  readonly stage: Stage;
  /** How it ended. */
  readonly outcome: StepOutcome;
  /** Its code; codes never change their meaning. */
  readonly reason: Scalars['String']['output'];
  /** Its sentence. */
  readonly message: Scalars['String']['output'];
  /** The objects that decided. */
  readonly because: ReadonlyArray<ResourceRef>;
  /** The page of its code. */
  readonly help: Scalars['String']['output'];
  /** What nearly had a say and why it had none: at most five, the most telling first. */
  readonly nearMisses: ReadonlyArray<NearMiss>;
  /** The leg of the call; null where no packet has left yet. */
  readonly hop?: Maybe<Hop>;
};

/** One leg of a call on the wire. */
export type Hop = {
  readonly __typename?: 'Hop';
  /** Its place in the order of the wire, from 0. */
  readonly index: Scalars['Int']['output'];
  /** Who stands at its end: a proxy that hands the call on, or, DIRECT, the one whom the call is for. */
  readonly kind: HopKind;
  /** Whose packets they are: `cluster/namespace/workload`, or an address where nobody is known. */
  readonly from: Scalars['String']['output'];
  /** Who gets them. */
  readonly to: Scalars['String']['output'];
};

/** Who stands at the end of a leg. */
export type HopKind =
  /** Whom the call is for. */
  | 'DIRECT'
  /** A gateway, which hands the call on. */
  | 'GATEWAY'
  /** A waypoint, which hands the call on. */
  | 'WAYPOINT';

/** An object of the topology, or a place in it. */
export type ResourceRef = {
  readonly __typename?: 'ResourceRef';
  /** Its cluster; null for parts of the document's own header. */
  readonly cluster?: Maybe<Scalars['String']['output']>;
  /** Its kind. */
  readonly kind: Scalars['String']['output'];
  /** Its namespace; null for cluster-scoped objects. */
  readonly namespace?: Maybe<Scalars['String']['output']>;
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** The place inside the object, such as `spec.http[0].route[1]`. */
  readonly path?: Maybe<Scalars['String']['output']>;
  /** Where it was written, as far as known. */
  readonly source?: Maybe<SourcePlace>;
};

/** A place in the files that the document was made of. */
export type SourcePlace = {
  readonly __typename?: 'SourcePlace';
  /** The file. */
  readonly file?: Maybe<Scalars['String']['output']>;
  /** The line, from 1. */
  readonly line?: Maybe<Scalars['Int']['output']>;
};

/** One endpoint and how far a call to it gets. */
export type EndpointPath = {
  readonly __typename?: 'EndpointPath';
  /** Its address; null when it has none. */
  readonly address?: Maybe<Scalars['String']['output']>;
  /** Its port. */
  readonly port?: Maybe<Scalars['Int']['output']>;
  /** Its cluster. */
  readonly cluster?: Maybe<Scalars['String']['output']>;
  /** Its network. */
  readonly network?: Maybe<Scalars['String']['output']>;
  /** Its workload, `namespace/name`. */
  readonly workload?: Maybe<Scalars['String']['output']>;
  /** The gateway it is reached through; null when it is dialled directly. */
  readonly via?: Maybe<ViaGateway>;
  /** Does a call to this endpoint arrive? */
  readonly verdict: Verdict;
  /** Code of the step that decided. */
  readonly reason: Scalars['String']['output'];
  /** The stages from NETWORK on. */
  readonly steps: ReadonlyArray<Step>;
  /** Its priority, 0 first; null when the client is never given it. */
  readonly priority?: Maybe<Scalars['Int']['output']>;
  /** Its share of the traffic while all endpoints are healthy, 0 to 1. */
  readonly share: Scalars['Float']['output'];
};

/** A gateway that hands connections on into a network. */
export type ViaGateway = {
  readonly __typename?: 'ViaGateway';
  /** The address the client dials. */
  readonly address: Scalars['String']['output'];
  /** The port it dials. */
  readonly port: Scalars['Int']['output'];
  /** The network it leads into. */
  readonly network?: Maybe<Scalars['String']['output']>;
  /** The cluster it stands in. */
  readonly cluster?: Maybe<Scalars['String']['output']>;
  /** The objects that make it a gateway. */
  readonly because: ReadonlyArray<ResourceRef>;
};

/** What a verdict depends on. */
export type Condition = {
  readonly __typename?: 'Condition';
  /** Its code: what kind of condition it is. */
  readonly code: Scalars['String']['output'];
  /** What it depends on: `port`, `workload`, `path`, `endpoint` … */
  readonly on: Scalars['String']['output'];
  /** How. */
  readonly message: Scalars['String']['output'];
  /** The objects that make it depend. */
  readonly because: ReadonlyArray<ResourceRef>;
  /** The page of its code. */
  readonly help: Scalars['String']['output'];
};

/** What nearly had a say in a step. */
export type NearMiss = {
  readonly __typename?: 'NearMiss';
  /** The object. */
  readonly resource: ResourceRef;
  /** The place in it, where there is one. */
  readonly path?: Maybe<Scalars['String']['output']>;
  /** Why it had no say. */
  readonly why: Scalars['String']['output'];
};

/** What an answer took for granted. */
export type Assumption = {
  readonly __typename?: 'Assumption';
  /** Its code. */
  readonly code: Scalars['String']['output'];
  /** What was taken for granted. */
  readonly message: Scalars['String']['output'];
  /** The objects it is about. */
  readonly because: ReadonlyArray<ResourceRef>;
  /** Does it hold for the topology as a whole, and so for other answers too? */
  readonly general: Scalars['Boolean']['output'];
  /** The page of its code. */
  readonly help: Scalars['String']['output'];
};

/** A change that would turn a verdict. */
export type Remedy = {
  readonly __typename?: 'Remedy';
  /** What to do. */
  readonly summary: Scalars['String']['output'];
  /** In which cluster. */
  readonly cluster?: Maybe<Scalars['String']['output']>;
  /** The control plane that reads the cluster's Istio objects. */
  readonly controlPlane?: Maybe<Scalars['String']['output']>;
  /** The change as YAML, where it can be said as an object. */
  readonly manifest?: Maybe<Scalars['String']['output']>;
  /** What else it would open; null unless it was asked for. */
  readonly alsoOpens?: Maybe<AlsoOpens>;
};

/** What a change opens besides what it is for. */
export type AlsoOpens = {
  readonly __typename?: 'AlsoOpens';
  /** How many callers and calls. */
  readonly count: Scalars['Int']['output'];
  /** Three of them at most. */
  readonly examples: ReadonlyArray<Scalars['String']['output']>;
  /** Were all looked at? */
  readonly complete: Scalars['Boolean']['output'];
};

/** A page of what a source sees. */
export type VisibleServiceConnection = {
  readonly __typename?: 'VisibleServiceConnection';
  /** Items with their cursors. */
  readonly edges: ReadonlyArray<VisibleServiceEdge>;
  /** Items alone. */
  readonly nodes: ReadonlyArray<VisibleService>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
  /** What was taken for granted. */
  readonly assumptions: ReadonlyArray<Assumption>;
  /** Services of its control plane that it does not see. */
  readonly hidden: HiddenServiceConnection;
};


/** A page of what a source sees. */
export type VisibleServiceConnectionHiddenArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A visible service on a page. */
export type VisibleServiceEdge = {
  readonly __typename?: 'VisibleServiceEdge';
  /** Continues behind this item. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: VisibleService;
};

/** A service that the source sees. */
export type VisibleService = {
  readonly __typename?: 'VisibleService';
  /** Its hostname. */
  readonly host: Scalars['String']['output'];
  /** Its namespace. */
  readonly namespace: Scalars['String']['output'];
  /** The addresses the source would dial; `auto` where one is chosen on creation. */
  readonly resolvesTo: ReadonlyArray<Scalars['String']['output']>;
  /** The objects that make it visible. */
  readonly because: ReadonlyArray<ResourceRef>;
  /** Its ports. */
  readonly ports: ReadonlyArray<VisiblePort>;
  /** Routes of the Gateway API that are attached to it, or meant to be. */
  readonly routes: ReadonlyArray<VisibleRoute>;
};

/** A route of the Gateway API that is attached to a service, or meant to be. */
export type VisibleRoute = {
  readonly __typename?: 'VisibleRoute';
  /** The route. */
  readonly route: ResourceRef;
  /** Does it act on what the source calls? */
  readonly applies: Scalars['Boolean']['output'];
  /** How, or why not. */
  readonly message: Scalars['String']['output'];
  /** What stands in its place. */
  readonly because: ReadonlyArray<ResourceRef>;
};

/** A port of a visible service. */
export type VisiblePort = {
  readonly __typename?: 'VisiblePort';
  /** Its number. */
  readonly number: Scalars['Int']['output'];
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** HTTP, TLS, TCP, UDP or AUTO. */
  readonly protocol: Scalars['String']['output'];
  /** Its subsets; the default one is named "" and comes first. */
  readonly subsets: ReadonlyArray<VisibleSubset>;
};

/** A named part of a service's endpoints. */
export type VisibleSubset = {
  readonly __typename?: 'VisibleSubset';
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** What the client sends: AUTO, DISABLE, SIMPLE, MUTUAL or ISTIO_MUTUAL. */
  readonly tls: Scalars['String']['output'];
  /** Endpoints the source is given. */
  readonly endpoints: ReadonlyArray<VisibleEndpoint>;
  /** Endpoints it is not given. */
  readonly dropped: ReadonlyArray<DroppedEndpoint>;
};

/** An endpoint that a source is given. */
export type VisibleEndpoint = {
  readonly __typename?: 'VisibleEndpoint';
  /** What it dials: the endpoint, or a gateway. */
  readonly address: Scalars['String']['output'];
  /** The port it dials. */
  readonly port: Scalars['Int']['output'];
  /** The endpoint's cluster. */
  readonly cluster?: Maybe<Scalars['String']['output']>;
  /** The endpoint's network. */
  readonly network?: Maybe<Scalars['String']['output']>;
  /** The endpoint's locality. */
  readonly locality?: Maybe<Scalars['String']['output']>;
  /** Its weight. */
  readonly weight: Scalars['Int']['output'];
  /** Its priority, 0 first. */
  readonly priority: Scalars['Int']['output'];
  /** Is a gateway dialled in its stead? */
  readonly viaGateway: Scalars['Boolean']['output'];
  /** HEALTHY, UNHEALTHY, DRAINING or TERMINATING. */
  readonly health: Scalars['String']['output'];
};

/** An endpoint that a source is not given. */
export type DroppedEndpoint = {
  readonly __typename?: 'DroppedEndpoint';
  /** Its address. */
  readonly address: Scalars['String']['output'];
  /** Its cluster. */
  readonly cluster?: Maybe<Scalars['String']['output']>;
  /** Why not. */
  readonly reason: Scalars['String']['output'];
  /** The objects that decided. */
  readonly because: ReadonlyArray<ResourceRef>;
};

/** A page of what a source does not see. */
export type HiddenServiceConnection = {
  readonly __typename?: 'HiddenServiceConnection';
  /** Items with their cursors. */
  readonly edges: ReadonlyArray<HiddenServiceEdge>;
  /** Items alone. */
  readonly nodes: ReadonlyArray<HiddenService>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
};

/** A hidden service on a page. */
export type HiddenServiceEdge = {
  readonly __typename?: 'HiddenServiceEdge';
  /** Continues behind this item. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: HiddenService;
};

/** A service that the source does not see. */
export type HiddenService = {
  readonly __typename?: 'HiddenService';
  /** Its hostname. */
  readonly host: Scalars['String']['output'];
  /** Its namespace. */
  readonly namespace: Scalars['String']['output'];
  /** Why not. */
  readonly reason: Scalars['String']['output'];
  /** The reason as a sentence. */
  readonly message: Scalars['String']['output'];
  /** The objects that hide it. */
  readonly because: ReadonlyArray<ResourceRef>;
};

/** Whether two identities accept each other in a mutual TLS handshake. */
export type IdentityTrust = {
  readonly __typename?: 'IdentityTrust';
  /** Both directions together. */
  readonly verdict: TrustVerdict;
  /** Code of the step that decided. */
  readonly reason: Scalars['String']['output'];
  /** One sentence for a person. */
  readonly summary: Scalars['String']['output'];
  /** The client verifying the server. */
  readonly clientAcceptsServer: TrustDirection;
  /** The server verifying the client. */
  readonly serverAcceptsClient: TrustDirection;
  /** The earliest end of anything it rests on. */
  readonly validUntil?: Maybe<Scalars['DateTime']['output']>;
  /** What was taken for granted. */
  readonly assumptions: ReadonlyArray<Assumption>;
  /** The smallest changes that would turn the verdict. */
  readonly remedies: ReadonlyArray<Remedy>;
};

/** One side verifying the other. */
export type TrustDirection = {
  readonly __typename?: 'TrustDirection';
  /** Does it accept? */
  readonly verdict: TrustVerdict;
  /** Does the certificate chain to a root it trusts? */
  readonly chain: Step;
  /** Is the trust domain one it accepts? */
  readonly trustDomain: Step;
  /** Is the name one it expects? */
  readonly name: Step;
};

/** None, one or several. */
export type Multiplicity =
  /** None. */
  | 'NONE'
  /** One. */
  | 'SINGLE'
  /** Several. */
  | 'MULTIPLE';

/** What tenants are told apart by. */
export type TenancyKind =
  /** Namespaces. */
  | 'NAMESPACE'
  /** Clusters. */
  | 'CLUSTER'
  /** Meshes. */
  | 'MESH';

/** How a mesh's control planes are placed, the first that holds. */
export type Availability =
  /** There is only one. */
  | 'SINGLE_CONTROL_PLANE'
  /** Every cluster hosts one. */
  | 'EVERY_CLUSTER'
  /** Two or more clusters of every zone host one. */
  | 'CLUSTERS_PER_ZONE'
  /** A cluster of every zone hosts one. */
  | 'CLUSTER_PER_ZONE'
  /** Two or more clusters of every region host one. */
  | 'CLUSTERS_PER_REGION'
  /** A cluster of every region hosts one. */
  | 'CLUSTER_PER_REGION'
  /** None of these. */
  | 'UNRANKED'
  /** A region or zone is missing, and decides. */
  | 'UNDETERMINED';

/** What control planes give to proxies. Maps are lists of entries. */
export type ProxyConfig = {
  readonly __typename?: 'ProxyConfig';
  /** One for each control plane. */
  readonly answers: ReadonlyArray<ControlPlaneAnswer>;
};

/** What one control plane gives to the proxies that it configures. */
export type ControlPlaneAnswer = {
  readonly __typename?: 'ControlPlaneAnswer';
  /** Its name. */
  readonly controlPlane: Scalars['String']['output'];
  /** Ways into other networks that it knows. */
  readonly gateways: ReadonlyArray<NetworkEntrance>;
  /** What was taken for granted. */
  readonly assumptions: ReadonlyArray<Assumption>;
  /** Its proxies. */
  readonly proxies: ReadonlyArray<ProxyAnswer>;
};

/** A way into another network. */
export type NetworkEntrance = {
  readonly __typename?: 'NetworkEntrance';
  /** The network that it leads into. */
  readonly network: Scalars['String']['output'];
  /** The cluster that the gateway runs in. */
  readonly cluster: Scalars['String']['output'];
  /** Where the gateway is met. */
  readonly address: Scalars['String']['output'];
  /** Its port for mutual TLS. */
  readonly port: Scalars['Int']['output'];
};

/** What one proxy is given. */
export type ProxyAnswer = {
  readonly __typename?: 'ProxyAnswer';
  /** `cluster/namespace/workload`. */
  readonly proxy: Scalars['String']['output'];
  /** What happens to calls to hosts that it was not given. */
  readonly unknownHosts: UnknownHosts;
  /** Everything in its scope. */
  readonly services: ReadonlyArray<ScopedHost>;
  /** Its upstream clusters: one for each host, port and subset. */
  readonly targets: ReadonlyArray<ProxyTarget>;
  /** Where a plain `GET /` goes, by `host:port` of HTTP ports. */
  readonly routes: ReadonlyArray<RouteEntry>;
  /** Names that it answers itself; null without DNS capture. */
  readonly names?: Maybe<ReadonlyArray<NameEntry>>;
  /** What its own proxy takes, by port of the workload. */
  readonly inbound: ReadonlyArray<InboundEntry>;
};

/** What a proxy does with calls to hosts that it was not given. */
export type UnknownHosts =
  /** They go where the address leads. */
  | 'ALLOW'
  /** They go nowhere. */
  | 'BLOCK';

/** A service in a proxy's scope. */
export type ScopedHost = {
  readonly __typename?: 'ScopedHost';
  /** Its host. */
  readonly host: Scalars['String']['output'];
  /** Its namespace. */
  readonly namespace: Scalars['String']['output'];
  /** Those of its ports that are in scope. */
  readonly ports: ReadonlyArray<Scalars['Int']['output']>;
};

/** One upstream cluster of a proxy. */
export type ProxyTarget = {
  readonly __typename?: 'ProxyTarget';
  /** The host. */
  readonly host: Scalars['String']['output'];
  /** The service's port. */
  readonly port: Scalars['Int']['output'];
  /** The subset; empty for the default one. */
  readonly subset: Scalars['String']['output'];
  /** How its endpoints are found. */
  readonly type: TargetType;
  /** What is sent where the proxy keeps the original address; null where the endpoints say so. */
  readonly sends?: Maybe<SentProtocol>;
  /** Those that may get traffic. */
  readonly endpoints: ReadonlyArray<TargetEndpoint>;
  /** `address:port` that are given as well, and get no traffic while unready. */
  readonly unready: ReadonlyArray<Scalars['String']['output']>;
};

/** How the endpoints of an upstream cluster are found. */
export type TargetType =
  /** They are given by the control plane. */
  | 'EDS'
  /** Their addresses are names: all that DNS answers. */
  | 'STRICT_DNS'
  /** Their addresses are names: the first that DNS answers. */
  | 'LOGICAL_DNS'
  /** The proxy keeps the address that was dialled. */
  | 'ORIGINAL_DST'
  /** The proxy resolves the very host of the request, one under the wildcard. */
  | 'DYNAMIC_DNS';

/** What a proxy sends to an endpoint. */
export type SentProtocol =
  /** Mutual TLS with certificates of the mesh. */
  | 'ISTIO_MUTUAL'
  /** What the application sent. */
  | 'PLAINTEXT'
  /** TLS as a DestinationRule states it. */
  | 'OTHER_TLS';

/** An address that may get traffic. A gateway stands once for each locality behind it. */
export type TargetEndpoint = {
  readonly __typename?: 'TargetEndpoint';
  /** Its address, or a name. */
  readonly address: Scalars['String']['output'];
  /** Its port. */
  readonly port: Scalars['Int']['output'];
  /** Its weight among those of its priority. */
  readonly weight: Scalars['Int']['output'];
  /** 0 is used first. */
  readonly priority: Scalars['Int']['output'];
  /** Its share of the target's traffic while all are well. */
  readonly share: Scalars['Float']['output'];
  /** What the proxy sends to it. */
  readonly sends: SentProtocol;
};

/** Where requests to one `host:port` go. */
export type RouteEntry = {
  readonly __typename?: 'RouteEntry';
  /** `host:port`. */
  readonly key: Scalars['String']['output'];
  /** Where they go; `UNKNOWN_CLUSTER` or `NO_ROUTE` alone where all of them go nowhere. */
  readonly value: ReadonlyArray<ShareEntry>;
};

/** A part of the requests. */
export type ShareEntry = {
  readonly __typename?: 'ShareEntry';
  /** The target, `outbound|port|subset|host`; `lost UNKNOWN_CLUSTER` for a part that goes nowhere. */
  readonly key: Scalars['String']['output'];
  /** Its share: 1 is all of them. */
  readonly value: Scalars['Float']['output'];
};

/** A name that a proxy answers. */
export type NameEntry = {
  readonly __typename?: 'NameEntry';
  /** The name. */
  readonly key: Scalars['String']['output'];
  /** Its addresses. */
  readonly value: ReadonlyArray<Scalars['String']['output']>;
};

/** What a workload's own proxy takes on a port. */
export type InboundEntry = {
  readonly __typename?: 'InboundEntry';
  /** The port of the workload; `*` for all others. */
  readonly key: Scalars['String']['output'];
  /** The mode of mutual TLS. */
  readonly value: InboundMode;
};

/** What a proxy takes from callers. */
export type InboundMode =
  /** Mutual TLS, and plaintext as well. */
  | 'PERMISSIVE'
  /** Mutual TLS only. */
  | 'STRICT'
  /** No mutual TLS. */
  | 'DISABLE';

/** Which of the deployment models a topology is. */
export type DeploymentModel = {
  readonly __typename?: 'DeploymentModel';
  /** Clusters of meshes. */
  readonly clusters: Multiplicity;
  /** Networks. */
  readonly networks: Multiplicity;
  /** Control planes. */
  readonly controlPlanes: Multiplicity;
  /** Meshes. */
  readonly meshes: Multiplicity;
  /** Kinds of tenants stated. */
  readonly tenancy: ReadonlyArray<TenancyKind>;
  /** Each mesh by itself. */
  readonly perMesh: ReadonlyArray<MeshDeployment>;
};

/** What carries the calls of a mesh's workloads. */
export type MeshDataPlane =
  /** Proxies beside the workloads. */
  | 'SIDECAR'
  /** The ztunnels of their nodes, and waypoints. */
  | 'AMBIENT'
  /** The library that they are built with. */
  | 'PROXYLESS';

/** Which of the deployment models one mesh is. */
export type MeshDeployment = {
  readonly __typename?: 'MeshDeployment';
  /** The mesh. */
  readonly mesh: Scalars['String']['output'];
  /** Its clusters. */
  readonly clusters: Multiplicity;
  /** Its networks. */
  readonly networks: Multiplicity;
  /** Its control planes. */
  readonly controlPlanes: Multiplicity;
  /** How they are placed. */
  readonly availability: Availability;
  /** Those that some workload of its clusters has. */
  readonly dataPlanes: ReadonlyArray<MeshDataPlane>;
};

/** How grave a finding is. */
export type Severity =
  /** Calls fail, or the document contradicts itself. */
  | 'ERROR'
  /** Probably not meant. */
  | 'WARNING'
  /** Good to know. */
  | 'INFO';

/** Which findings are wanted: those that everything stated takes. */
export type FindingFilter = {
  /** Only these. */
  readonly severities?: InputMaybe<ReadonlyArray<Severity>>;
  /** Only these codes. */
  readonly codes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Only in this cluster. */
  readonly cluster?: InputMaybe<Scalars['String']['input']>;
  /** Only in this namespace. */
  readonly namespace?: InputMaybe<Scalars['String']['input']>;
  /** Only in objects of this kind. */
  readonly kind?: InputMaybe<Scalars['String']['input']>;
  /** Only in objects of this name. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
};

/** A page of findings. */
export type FindingConnection = {
  readonly __typename?: 'FindingConnection';
  /** Items with their cursors. */
  readonly edges: ReadonlyArray<FindingEdge>;
  /** Items alone. */
  readonly nodes: ReadonlyArray<Finding>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
};

/** A finding on a page. */
export type FindingEdge = {
  readonly __typename?: 'FindingEdge';
  /** Continues behind this item. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: Finding;
};

/** A configuration mistake, or a part that could not be read or used. */
export type Finding = {
  readonly __typename?: 'Finding';
  /** Its code. */
  readonly code: Scalars['String']['output'];
  /** How grave it is. */
  readonly severity: Severity;
  /** What is wrong. */
  readonly message: Scalars['String']['output'];
  /** The object it is about. */
  readonly resource?: Maybe<FindingResource>;
  /** The place inside the object. */
  readonly path?: Maybe<Scalars['String']['output']>;
  /** Where it was written. */
  readonly source?: Maybe<SourcePlace>;
  /** Codes under which `istioctl analyze` says the same. */
  readonly istio: ReadonlyArray<Scalars['String']['output']>;
  /** Codes under which Kiali says the same. */
  readonly kiali: ReadonlyArray<Scalars['String']['output']>;
  /** Where the rule is explained. */
  readonly help: Scalars['String']['output'];
  /** By what it is recognised in other reports: its code, object and path, and not its line. */
  readonly fingerprint?: Maybe<Scalars['String']['output']>;
};

/** The object a finding is about. */
export type FindingResource = {
  readonly __typename?: 'FindingResource';
  /** Its cluster. */
  readonly cluster?: Maybe<Scalars['String']['output']>;
  /** Its kind. */
  readonly kind: Scalars['String']['output'];
  /** Its namespace. */
  readonly namespace?: Maybe<Scalars['String']['output']>;
  /** Its name. */
  readonly name: Scalars['String']['output'];
};

/** Whom a question is about, on whichever side of a call: a service, those that a source may state, an identity, or a tenant. What is not stated narrows nothing. */
export type SubjectInput = {
  /** A client outside of every cluster. */
  readonly outside?: InputMaybe<Scalars['Boolean']['input']>;
  /** The cluster; absent: all. */
  readonly cluster?: InputMaybe<Scalars['String']['input']>;
  /** The namespace: of the service, or of the workloads. */
  readonly namespace?: InputMaybe<Scalars['String']['input']>;
  /** The name of a workload's Deployment, StatefulSet, Job …, `Kind/name`, or a pod's own name. */
  readonly workload?: InputMaybe<Scalars['String']['input']>;
  /** Its service account. */
  readonly serviceAccount?: InputMaybe<Scalars['String']['input']>;
  /** Labels it has. */
  readonly labels?: InputMaybe<ReadonlyArray<LabelInput>>;
  /** A gateway instead of a workload: `cluster/namespace/name`. */
  readonly gateway?: InputMaybe<Scalars['String']['input']>;
  /** A proxy that no object describes, instead of a workload. */
  readonly proxy?: InputMaybe<ProxyInput>;
  /** A service by its host: short with `namespace`, or full. */
  readonly host?: InputMaybe<Scalars['String']['input']>;
  /** Everybody who runs as this identity. */
  readonly spiffeId?: InputMaybe<Scalars['String']['input']>;
  /** A tenant of the document, by its name. */
  readonly tenant?: InputMaybe<Scalars['String']['input']>;
};

/** What members of one group have in common. Callers have no SERVICE, and those that are called no WORKLOAD or IDENTITY: these are told by the nearest other. */
export type GroupBy =
  /** The top owner. */
  | 'WORKLOAD'
  /** Namespace and service account. */
  | 'IDENTITY'
  /** The namespace, of callers in one cluster. */
  | 'NAMESPACE'
  /** The tenant; its name is empty for those of none. */
  | 'TENANT'
  /** The host. */
  | 'SERVICE';

/** Who a group is. */
export type GroupKind =
  /** A workload by its top owner. */
  | 'WORKLOAD'
  /** Everybody with this service account in the namespace. */
  | 'IDENTITY'
  /** Everybody in the namespace. */
  | 'NAMESPACE'
  /** Everybody of the tenant; an empty name stands for those of none. */
  | 'TENANT'
  /** A service by its host. */
  | 'SERVICE'
  /** A gateway, which calls for whoever it lets in. */
  | 'GATEWAY'
  /** Clients outside of every cluster. */
  | 'OUTSIDE'
  /** An address that is dialled past every service. */
  | 'ADDRESS'
  /** All those that the caller is not shown. */
  | 'OUTSIDE_OF_VIEW';

/** Some that are asked about together. */
export type Group = {
  readonly __typename?: 'Group';
  /** Who they are. */
  readonly kind: GroupKind;
  /** Their cluster; null where it is not one. */
  readonly cluster?: Maybe<Scalars['String']['output']>;
  /** Their namespace; null where it is not one. */
  readonly namespace?: Maybe<Scalars['String']['output']>;
  /** What they have in common. */
  readonly name: Scalars['String']['output'];
};

/** Who calls in one call of a row, as `SourceInput` takes it. */
export type TracedSource = {
  readonly __typename?: 'TracedSource';
  /** A client outside of every cluster. */
  readonly outside?: Maybe<Scalars['Boolean']['output']>;
  /** Its cluster. */
  readonly cluster?: Maybe<Scalars['String']['output']>;
  /** Its namespace. */
  readonly namespace?: Maybe<Scalars['String']['output']>;
  /** Its workload. */
  readonly workload?: Maybe<Scalars['String']['output']>;
  /** A gateway instead of a workload. */
  readonly gateway?: Maybe<Scalars['String']['output']>;
};

/** Whom it calls, as `DestinationInput` takes it. */
export type TracedDestination = {
  readonly __typename?: 'TracedDestination';
  /** The host. */
  readonly host: Scalars['String']['output'];
  /** The port; null: the only one, else all. */
  readonly port?: Maybe<Scalars['Int']['output']>;
};

/** One call of a row: asked by `reachability`, it is told with all its steps. */
export type TracedCall = {
  readonly __typename?: 'TracedCall';
  /** Who calls. */
  readonly from: TracedSource;
  /** Whom it calls. */
  readonly to: TracedDestination;
};

/** Calls that end alike. */
export type GroupRow = {
  readonly __typename?: 'GroupRow';
  /** The side that the question leaves open. */
  readonly group: Group;
  /** The other side; null where it is not one. */
  readonly peer?: Maybe<Group>;
  /** The port that is called; null where it is not one. */
  readonly port?: Maybe<Scalars['Int']['output']>;
  /** How many of the group there are: workloads that call, or ports of services that are called; null where that is not shown. */
  readonly count?: Maybe<Scalars['Int']['output']>;
  /** Up to three of them. */
  readonly examples: ReadonlyArray<Scalars['String']['output']>;
  /** Whether they can. */
  readonly verdict: Verdict;
  /** Code of the step that decided. */
  readonly reason: Scalars['String']['output'];
  /** The page of that code. */
  readonly help: Scalars['String']['output'];
  /** What the verdict depends on. */
  readonly conditions: ReadonlyArray<Condition>;
  /** The objects that decided. */
  readonly because: ReadonlyArray<ResourceRef>;
  /** A call of the row; null where only its own description states who calls. */
  readonly trace?: Maybe<TracedCall>;
};

/** How many calls, each of one workload to one port of one host, came to this. */
export type GroupTotal = {
  readonly __typename?: 'GroupTotal';
  /** Whether they can. */
  readonly verdict: Verdict;
  /** Code of the step that decided. */
  readonly reason: Scalars['String']['output'];
  /** How many. */
  readonly count: Scalars['Int']['output'];
};

/** Whether there is no call between two. */
export type IsolationVerdict =
  /** No call between them arrives. */
  | 'HOLDS'
  /** Some call between them may arrive. */
  | 'BROKEN'
  /** None is known to arrive, and of some it is not known. */
  | 'UNDETERMINED';

/** A page of rows, what arrives first. */
export type GroupRowConnection = {
  readonly __typename?: 'GroupRowConnection';
  /** Rows with their cursors. */
  readonly edges: ReadonlyArray<GroupRowEdge>;
  /** Rows alone. */
  readonly nodes: ReadonlyArray<GroupRow>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
  /** Of isolation: whether it holds; null of all other questions. */
  readonly isolation?: Maybe<IsolationVerdict>;
  /** Of all rows, on whichever page. */
  readonly totals: ReadonlyArray<GroupTotal>;
  /** What was taken for granted, a few of each kind. */
  readonly assumptions: ReadonlyArray<Assumption>;
};

/** A row on a page. */
export type GroupRowEdge = {
  readonly __typename?: 'GroupRowEdge';
  /** Continues behind this row. */
  readonly cursor: Scalars['String']['output'];
  /** The row. */
  readonly node: GroupRow;
};

/** What an object has a say in. */
export type PolicyConcern =
  /** Which mutual TLS is taken. */
  | 'MUTUAL_TLS'
  /** Who may call. */
  | 'AUTHORIZATION'
  /** Which tokens are taken. */
  | 'TOKENS'
  /** Which connections the network lets through. */
  | 'NETWORK_POLICY'
  /** Changes of the proxy that nobody here follows. */
  | 'EXTENSION'
  /** What the proxy is given and listens for. */
  | 'SIDECAR'
  /** Where callers' proxies and gateways send calls. */
  | 'ROUTES'
  /** How callers connect. */
  | 'DESTINATION';

/** Whether an object counts. */
export type PolicyState =
  /** It decides. */
  | 'IN_FORCE'
  /** Another object decides in its place. */
  | 'OVERRIDDEN'
  /** It is read and changes nothing. */
  | 'NOT_ENFORCED'
  /** What it does is not known here. */
  | 'NOT_FOLLOWED';

/** One object with a say in a workload. */
export type PolicyRow = {
  readonly __typename?: 'PolicyRow';
  /** `cluster/namespace/name` of the workload. */
  readonly workload: Scalars['String']['output'];
  /** The workload's port; null: all of it. */
  readonly port?: Maybe<Scalars['Int']['output']>;
  /** The service by which callers come to it, where they make something of that. */
  readonly host?: Maybe<Scalars['String']['output']>;
  /** What the object has a say in. */
  readonly concern: PolicyConcern;
  /** Whether it counts. */
  readonly state: PolicyState;
  /** What it does, or why it does not. */
  readonly message: Scalars['String']['output'];
  /** The object; null where a default holds. */
  readonly resource?: Maybe<ResourceRef>;
  /** What overrides it. */
  readonly by?: Maybe<ResourceRef>;
};

/** A page of what is in force. */
export type PolicyRowConnection = {
  readonly __typename?: 'PolicyRowConnection';
  /** Rows with their cursors. */
  readonly edges: ReadonlyArray<PolicyRowEdge>;
  /** Rows alone. */
  readonly nodes: ReadonlyArray<PolicyRow>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
};

/** A row on a page. */
export type PolicyRowEdge = {
  readonly __typename?: 'PolicyRowEdge';
  /** Continues behind this row. */
  readonly cursor: Scalars['String']['output'];
  /** The row. */
  readonly node: PolicyRow;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;




/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( TopologyMapper )
    | ( TopologyVersionMapper )
  ;
  AnsweringVersion: ( TopologyVersionMapper );
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Compatibility: Compatibility;
  Topology: ResolverTypeWrapper<TopologyMapper>;
  TopologyConnection: ResolverTypeWrapper<Omit<TopologyConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['TopologyEdge']>, nodes: ReadonlyArray<ResolversTypes['Topology']> }>;
  TopologyEdge: ResolverTypeWrapper<Omit<TopologyEdge, 'node'> & { node: ResolversTypes['Topology'] }>;
  TopologyVersionConnection: ResolverTypeWrapper<Omit<TopologyVersionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['TopologyVersionEdge']>, nodes: ReadonlyArray<ResolversTypes['TopologyVersion']> }>;
  TopologyVersionEdge: ResolverTypeWrapper<Omit<TopologyVersionEdge, 'node'> & { node: ResolversTypes['TopologyVersion'] }>;
  AnsweringVersion: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['AnsweringVersion']>;
  TopologyVersion: ResolverTypeWrapper<TopologyVersionMapper>;
  Mesh: ResolverTypeWrapper<Mesh>;
  Network: ResolverTypeWrapper<NetworkMapper>;
  Cluster: ResolverTypeWrapper<ClusterMapper>;
  KindCount: ResolverTypeWrapper<KindCount>;
  ControlPlane: ResolverTypeWrapper<ControlPlaneMapper>;
  Service: ResolverTypeWrapper<ServiceMapper>;
  ServiceRoute: ResolverTypeWrapper<ServiceRoute>;
  Identity: ResolverTypeWrapper<Identity>;
  ClusterTrust: ResolverTypeWrapper<ClusterTrust>;
  Label: ResolverTypeWrapper<Label>;
  ServicePort: ResolverTypeWrapper<ServicePort>;
  ServiceConnection: ResolverTypeWrapper<Omit<ServiceConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ServiceEdge']>, nodes: ReadonlyArray<ResolversTypes['Service']> }>;
  ServiceEdge: ResolverTypeWrapper<Omit<ServiceEdge, 'node'> & { node: ResolversTypes['Service'] }>;
  Workload: ResolverTypeWrapper<WorkloadMapper>;
  WorkloadConnection: ResolverTypeWrapper<Omit<WorkloadConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['WorkloadEdge']>, nodes: ReadonlyArray<ResolversTypes['Workload']> }>;
  WorkloadEdge: ResolverTypeWrapper<Omit<WorkloadEdge, 'node'> & { node: ResolversTypes['Workload'] }>;
  Tenant: ResolverTypeWrapper<Tenant>;
  SourceInput: SourceInput;
  ProxyInput: ProxyInput;
  LabelInput: LabelInput;
  HeaderInput: HeaderInput;
  SpokenProtocol: SpokenProtocol;
  DestinationInput: DestinationInput;
  IdentityInput: IdentityInput;
  Verdict: Verdict;
  TrustVerdict: TrustVerdict;
  Stage: Stage;
  StepOutcome: StepOutcome;
  Reachability: ResolverTypeWrapper<Reachability>;
  Step: ResolverTypeWrapper<Step>;
  Hop: ResolverTypeWrapper<Hop>;
  HopKind: HopKind;
  ResourceRef: ResolverTypeWrapper<ResourceRef>;
  SourcePlace: ResolverTypeWrapper<SourcePlace>;
  EndpointPath: ResolverTypeWrapper<EndpointPath>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ViaGateway: ResolverTypeWrapper<ViaGateway>;
  Condition: ResolverTypeWrapper<Condition>;
  NearMiss: ResolverTypeWrapper<NearMiss>;
  Assumption: ResolverTypeWrapper<Assumption>;
  Remedy: ResolverTypeWrapper<Remedy>;
  AlsoOpens: ResolverTypeWrapper<AlsoOpens>;
  VisibleServiceConnection: ResolverTypeWrapper<VisibleServiceConnectionMapper>;
  VisibleServiceEdge: ResolverTypeWrapper<VisibleServiceEdge>;
  VisibleService: ResolverTypeWrapper<VisibleService>;
  VisibleRoute: ResolverTypeWrapper<VisibleRoute>;
  VisiblePort: ResolverTypeWrapper<VisiblePort>;
  VisibleSubset: ResolverTypeWrapper<VisibleSubset>;
  VisibleEndpoint: ResolverTypeWrapper<VisibleEndpoint>;
  DroppedEndpoint: ResolverTypeWrapper<DroppedEndpoint>;
  HiddenServiceConnection: ResolverTypeWrapper<HiddenServiceConnection>;
  HiddenServiceEdge: ResolverTypeWrapper<HiddenServiceEdge>;
  HiddenService: ResolverTypeWrapper<HiddenService>;
  IdentityTrust: ResolverTypeWrapper<IdentityTrust>;
  TrustDirection: ResolverTypeWrapper<TrustDirection>;
  Multiplicity: Multiplicity;
  TenancyKind: TenancyKind;
  Availability: Availability;
  ProxyConfig: ResolverTypeWrapper<Omit<ProxyConfig, 'answers'> & { answers: ReadonlyArray<ResolversTypes['ControlPlaneAnswer']> }>;
  ControlPlaneAnswer: ResolverTypeWrapper<Omit<ControlPlaneAnswer, 'proxies'> & { proxies: ReadonlyArray<ResolversTypes['ProxyAnswer']> }>;
  NetworkEntrance: ResolverTypeWrapper<NetworkEntrance>;
  ProxyAnswer: ResolverTypeWrapper<ProxyAnswerMapper>;
  UnknownHosts: UnknownHosts;
  ScopedHost: ResolverTypeWrapper<ScopedHost>;
  ProxyTarget: ResolverTypeWrapper<ProxyTarget>;
  TargetType: TargetType;
  SentProtocol: SentProtocol;
  TargetEndpoint: ResolverTypeWrapper<TargetEndpoint>;
  RouteEntry: ResolverTypeWrapper<RouteEntry>;
  ShareEntry: ResolverTypeWrapper<ShareEntry>;
  NameEntry: ResolverTypeWrapper<NameEntry>;
  InboundEntry: ResolverTypeWrapper<InboundEntry>;
  InboundMode: InboundMode;
  DeploymentModel: ResolverTypeWrapper<DeploymentModel>;
  MeshDataPlane: MeshDataPlane;
  MeshDeployment: ResolverTypeWrapper<MeshDeployment>;
  Severity: Severity;
  FindingFilter: FindingFilter;
  FindingConnection: ResolverTypeWrapper<FindingConnection>;
  FindingEdge: ResolverTypeWrapper<FindingEdge>;
  Finding: ResolverTypeWrapper<Finding>;
  FindingResource: ResolverTypeWrapper<FindingResource>;
  SubjectInput: SubjectInput;
  GroupBy: GroupBy;
  GroupKind: GroupKind;
  Group: ResolverTypeWrapper<Group>;
  TracedSource: ResolverTypeWrapper<TracedSource>;
  TracedDestination: ResolverTypeWrapper<TracedDestination>;
  TracedCall: ResolverTypeWrapper<TracedCall>;
  GroupRow: ResolverTypeWrapper<GroupRow>;
  GroupTotal: ResolverTypeWrapper<GroupTotal>;
  IsolationVerdict: IsolationVerdict;
  GroupRowConnection: ResolverTypeWrapper<GroupRowConnection>;
  GroupRowEdge: ResolverTypeWrapper<GroupRowEdge>;
  PolicyConcern: PolicyConcern;
  PolicyState: PolicyState;
  PolicyRow: ResolverTypeWrapper<PolicyRow>;
  PolicyRowConnection: ResolverTypeWrapper<PolicyRowConnection>;
  PolicyRowEdge: ResolverTypeWrapper<PolicyRowEdge>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  ID: Scalars['ID']['output'];
  Query: Record<PropertyKey, never>;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Topology: TopologyMapper;
  TopologyConnection: Omit<TopologyConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['TopologyEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Topology']> };
  TopologyEdge: Omit<TopologyEdge, 'node'> & { node: ResolversParentTypes['Topology'] };
  TopologyVersionConnection: Omit<TopologyVersionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['TopologyVersionEdge']>, nodes: ReadonlyArray<ResolversParentTypes['TopologyVersion']> };
  TopologyVersionEdge: Omit<TopologyVersionEdge, 'node'> & { node: ResolversParentTypes['TopologyVersion'] };
  AnsweringVersion: ResolversInterfaceTypes<ResolversParentTypes>['AnsweringVersion'];
  TopologyVersion: TopologyVersionMapper;
  Mesh: Mesh;
  Network: NetworkMapper;
  Cluster: ClusterMapper;
  KindCount: KindCount;
  ControlPlane: ControlPlaneMapper;
  Service: ServiceMapper;
  ServiceRoute: ServiceRoute;
  Identity: Identity;
  ClusterTrust: ClusterTrust;
  Label: Label;
  ServicePort: ServicePort;
  ServiceConnection: Omit<ServiceConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ServiceEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Service']> };
  ServiceEdge: Omit<ServiceEdge, 'node'> & { node: ResolversParentTypes['Service'] };
  Workload: WorkloadMapper;
  WorkloadConnection: Omit<WorkloadConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['WorkloadEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Workload']> };
  WorkloadEdge: Omit<WorkloadEdge, 'node'> & { node: ResolversParentTypes['Workload'] };
  Tenant: Tenant;
  SourceInput: SourceInput;
  ProxyInput: ProxyInput;
  LabelInput: LabelInput;
  HeaderInput: HeaderInput;
  DestinationInput: DestinationInput;
  IdentityInput: IdentityInput;
  Reachability: Reachability;
  Step: Step;
  Hop: Hop;
  ResourceRef: ResourceRef;
  SourcePlace: SourcePlace;
  EndpointPath: EndpointPath;
  Float: Scalars['Float']['output'];
  ViaGateway: ViaGateway;
  Condition: Condition;
  NearMiss: NearMiss;
  Assumption: Assumption;
  Remedy: Remedy;
  AlsoOpens: AlsoOpens;
  VisibleServiceConnection: VisibleServiceConnectionMapper;
  VisibleServiceEdge: VisibleServiceEdge;
  VisibleService: VisibleService;
  VisibleRoute: VisibleRoute;
  VisiblePort: VisiblePort;
  VisibleSubset: VisibleSubset;
  VisibleEndpoint: VisibleEndpoint;
  DroppedEndpoint: DroppedEndpoint;
  HiddenServiceConnection: HiddenServiceConnection;
  HiddenServiceEdge: HiddenServiceEdge;
  HiddenService: HiddenService;
  IdentityTrust: IdentityTrust;
  TrustDirection: TrustDirection;
  ProxyConfig: Omit<ProxyConfig, 'answers'> & { answers: ReadonlyArray<ResolversParentTypes['ControlPlaneAnswer']> };
  ControlPlaneAnswer: Omit<ControlPlaneAnswer, 'proxies'> & { proxies: ReadonlyArray<ResolversParentTypes['ProxyAnswer']> };
  NetworkEntrance: NetworkEntrance;
  ProxyAnswer: ProxyAnswerMapper;
  ScopedHost: ScopedHost;
  ProxyTarget: ProxyTarget;
  TargetEndpoint: TargetEndpoint;
  RouteEntry: RouteEntry;
  ShareEntry: ShareEntry;
  NameEntry: NameEntry;
  InboundEntry: InboundEntry;
  DeploymentModel: DeploymentModel;
  MeshDeployment: MeshDeployment;
  FindingFilter: FindingFilter;
  FindingConnection: FindingConnection;
  FindingEdge: FindingEdge;
  Finding: Finding;
  FindingResource: FindingResource;
  SubjectInput: SubjectInput;
  Group: Group;
  TracedSource: TracedSource;
  TracedDestination: TracedDestination;
  TracedCall: TracedCall;
  GroupRow: GroupRow;
  GroupTotal: GroupTotal;
  GroupRowConnection: GroupRowConnection;
  GroupRowEdge: GroupRowEdge;
  PolicyRow: PolicyRow;
  PolicyRowConnection: PolicyRowConnection;
  PolicyRowEdge: PolicyRowEdge;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type NodeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  resolveType: TypeResolveFn<'Topology' | 'TopologyVersion', ParentType, ContextType>;
};

export type QueryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  topology?: Resolver<Maybe<ResolversTypes['Topology']>, ParentType, ContextType, RequireFields<QueryTopologyArgs, 'name'>>;
  topologies?: Resolver<ResolversTypes['TopologyConnection'], ParentType, ContextType, Partial<QueryTopologiesArgs>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
};

export type PageInfoResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TopologyResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Topology'] = ResolversParentTypes['Topology']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  compatibility?: Resolver<ResolversTypes['Compatibility'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  head?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['TopologyVersion']>, ParentType, ContextType, RequireFields<TopologyVersionArgs, 'ref'>>;
  versions?: Resolver<ResolversTypes['TopologyVersionConnection'], ParentType, ContextType, Partial<TopologyVersionsArgs>>;
  isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TopologyConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TopologyConnection'] = ResolversParentTypes['TopologyConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TopologyEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Topology']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TopologyEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TopologyEdge'] = ResolversParentTypes['TopologyEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Topology'], ParentType, ContextType>;
};

export type TopologyVersionConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TopologyVersionConnection'] = ResolversParentTypes['TopologyVersionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TopologyVersionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['TopologyVersion']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TopologyVersionEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TopologyVersionEdge'] = ResolversParentTypes['TopologyVersionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TopologyVersion'], ParentType, ContextType>;
};

export type AnsweringVersionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AnsweringVersion'] = ResolversParentTypes['AnsweringVersion']> = {
  resolveType: TypeResolveFn<'TopologyVersion', ParentType, ContextType>;
};

export type TopologyVersionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TopologyVersion'] = ResolversParentTypes['TopologyVersion']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tags?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  contentHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  deployment?: Resolver<ResolversTypes['DeploymentModel'], ParentType, ContextType>;
  reachability?: Resolver<Maybe<ResolversTypes['Reachability']>, ParentType, ContextType, RequireFields<TopologyVersionReachabilityArgs, 'from' | 'to' | 'alsoOpens'>>;
  serviceVisibility?: Resolver<Maybe<ResolversTypes['VisibleServiceConnection']>, ParentType, ContextType, RequireFields<TopologyVersionServiceVisibilityArgs, 'from' | 'endpoints'>>;
  identityTrust?: Resolver<Maybe<ResolversTypes['IdentityTrust']>, ParentType, ContextType, RequireFields<TopologyVersionIdentityTrustArgs, 'client' | 'server'>>;
  callers?: Resolver<Maybe<ResolversTypes['GroupRowConnection']>, ParentType, ContextType, RequireFields<TopologyVersionCallersArgs, 'of'>>;
  reach?: Resolver<Maybe<ResolversTypes['GroupRowConnection']>, ParentType, ContextType, RequireFields<TopologyVersionReachArgs, 'of'>>;
  isolation?: Resolver<Maybe<ResolversTypes['GroupRowConnection']>, ParentType, ContextType, RequireFields<TopologyVersionIsolationArgs, 'between'>>;
  effectivePolicy?: Resolver<Maybe<ResolversTypes['PolicyRowConnection']>, ParentType, ContextType, RequireFields<TopologyVersionEffectivePolicyArgs, 'of'>>;
  proxyConfig?: Resolver<Maybe<ResolversTypes['ProxyConfig']>, ParentType, ContextType, Partial<TopologyVersionProxyConfigArgs>>;
  findings?: Resolver<ResolversTypes['FindingConnection'], ParentType, ContextType, Partial<TopologyVersionFindingsArgs>>;
  meshes?: Resolver<ReadonlyArray<ResolversTypes['Mesh']>, ParentType, ContextType>;
  networks?: Resolver<ReadonlyArray<ResolversTypes['Network']>, ParentType, ContextType>;
  clusters?: Resolver<ReadonlyArray<ResolversTypes['Cluster']>, ParentType, ContextType>;
  controlPlanes?: Resolver<ReadonlyArray<ResolversTypes['ControlPlane']>, ParentType, ContextType>;
  services?: Resolver<ResolversTypes['ServiceConnection'], ParentType, ContextType, Partial<TopologyVersionServicesArgs>>;
  service?: Resolver<Maybe<ResolversTypes['Service']>, ParentType, ContextType, RequireFields<TopologyVersionServiceArgs, 'host'>>;
  workload?: Resolver<Maybe<ResolversTypes['Workload']>, ParentType, ContextType, RequireFields<TopologyVersionWorkloadArgs, 'cluster' | 'namespace' | 'name'>>;
  workloads?: Resolver<ResolversTypes['WorkloadConnection'], ParentType, ContextType, Partial<TopologyVersionWorkloadsArgs>>;
  tenants?: Resolver<ReadonlyArray<ResolversTypes['Tenant']>, ParentType, ContextType>;
  isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MeshResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Mesh'] = ResolversParentTypes['Mesh']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  trustDomain?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  clusters?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  controlPlanes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type NetworkResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Network'] = ResolversParentTypes['Network']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  routableTo?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  clusters?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  holds?: Resolver<ReadonlyArray<ResolversTypes['Cluster']>, ParentType, ContextType>;
};

export type ClusterResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Cluster'] = ResolversParentTypes['Cluster']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  mesh?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  network?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  zone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  role?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  observed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  namespaces?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  controlPlanes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  counts?: Resolver<ReadonlyArray<ResolversTypes['KindCount']>, ParentType, ContextType>;
  standsIn?: Resolver<Maybe<ResolversTypes['Network']>, ParentType, ContextType>;
  managedBy?: Resolver<ReadonlyArray<ResolversTypes['ControlPlane']>, ParentType, ContextType>;
  memberOf?: Resolver<Maybe<ResolversTypes['Mesh']>, ParentType, ContextType>;
};

export type KindCountResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['KindCount'] = ResolversParentTypes['KindCount']> = {
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ControlPlaneResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ControlPlane'] = ResolversParentTypes['ControlPlane']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cluster?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  configCluster?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  trustDomain?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  clusters?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  reads?: Resolver<ReadonlyArray<ResolversTypes['Cluster']>, ParentType, ContextType>;
};

export type ServiceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Service'] = ResolversParentTypes['Service']> = {
  host?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  namespace?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  clusters?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  ports?: Resolver<ReadonlyArray<ResolversTypes['ServicePort']>, ParentType, ContextType>;
  workloads?: Resolver<ResolversTypes['WorkloadConnection'], ParentType, ContextType, Partial<ServiceWorkloadsArgs>>;
  runsIn?: Resolver<ReadonlyArray<ResolversTypes['Cluster']>, ParentType, ContextType>;
  callers?: Resolver<Maybe<ResolversTypes['GroupRowConnection']>, ParentType, ContextType, Partial<ServiceCallersArgs>>;
  reach?: Resolver<Maybe<ResolversTypes['GroupRowConnection']>, ParentType, ContextType, Partial<ServiceReachArgs>>;
  findings?: Resolver<ResolversTypes['FindingConnection'], ParentType, ContextType, Partial<ServiceFindingsArgs>>;
  routes?: Resolver<ReadonlyArray<ResolversTypes['ServiceRoute']>, ParentType, ContextType>;
  identities?: Resolver<ReadonlyArray<ResolversTypes['Identity']>, ParentType, ContextType>;
  source?: Resolver<ReadonlyArray<ResolversTypes['ResourceRef']>, ParentType, ContextType>;
  labels?: Resolver<ReadonlyArray<ResolversTypes['Label']>, ParentType, ContextType>;
  annotations?: Resolver<ReadonlyArray<ResolversTypes['Label']>, ParentType, ContextType>;
};

export type ServiceRouteResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ServiceRoute'] = ResolversParentTypes['ServiceRoute']> = {
  concern?: Resolver<ResolversTypes['PolicyConcern'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['PolicyState'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  resource?: Resolver<Maybe<ResolversTypes['ResourceRef']>, ParentType, ContextType>;
  by?: Resolver<Maybe<ResolversTypes['ResourceRef']>, ParentType, ContextType>;
  controlPlanes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type IdentityResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Identity'] = ResolversParentTypes['Identity']> = {
  spiffeId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  trustDomain?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  namespace?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  serviceAccount?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  clusters?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  trust?: Resolver<ReadonlyArray<ResolversTypes['ClusterTrust']>, ParentType, ContextType>;
};

export type ClusterTrustResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ClusterTrust'] = ResolversParentTypes['ClusterTrust']> = {
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['TrustVerdict'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  help?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type LabelResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Label'] = ResolversParentTypes['Label']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ServicePortResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ServicePort'] = ResolversParentTypes['ServicePort']> = {
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  protocol?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ServiceConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ServiceConnection'] = ResolversParentTypes['ServiceConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ServiceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Service']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ServiceEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ServiceEdge'] = ResolversParentTypes['ServiceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Service'], ParentType, ContextType>;
};

export type WorkloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Workload'] = ResolversParentTypes['Workload']> = {
  cluster?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  namespace?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  serviceAccount?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  instances?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  dataPlane?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  controlPlane?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  runsIn?: Resolver<Maybe<ResolversTypes['Cluster']>, ParentType, ContextType>;
  managedBy?: Resolver<Maybe<ResolversTypes['ControlPlane']>, ParentType, ContextType>;
  identity?: Resolver<Maybe<ResolversTypes['Identity']>, ParentType, ContextType>;
  reach?: Resolver<Maybe<ResolversTypes['GroupRowConnection']>, ParentType, ContextType, Partial<WorkloadReachArgs>>;
  visible?: Resolver<Maybe<ResolversTypes['VisibleServiceConnection']>, ParentType, ContextType, RequireFields<WorkloadVisibleArgs, 'endpoints'>>;
  source?: Resolver<ReadonlyArray<ResolversTypes['ResourceRef']>, ParentType, ContextType>;
  labels?: Resolver<ReadonlyArray<ResolversTypes['Label']>, ParentType, ContextType>;
  annotations?: Resolver<ReadonlyArray<ResolversTypes['Label']>, ParentType, ContextType>;
};

export type WorkloadConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['WorkloadConnection'] = ResolversParentTypes['WorkloadConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['WorkloadEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Workload']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WorkloadEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['WorkloadEdge'] = ResolversParentTypes['WorkloadEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Workload'], ParentType, ContextType>;
};

export type TenantResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Tenant'] = ResolversParentTypes['Tenant']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['TenancyKind'], ParentType, ContextType>;
  members?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReachabilityResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Reachability'] = ResolversParentTypes['Reachability']> = {
  verdict?: Resolver<ResolversTypes['Verdict'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  steps?: Resolver<ReadonlyArray<ResolversTypes['Step']>, ParentType, ContextType>;
  endpoints?: Resolver<ReadonlyArray<ResolversTypes['EndpointPath']>, ParentType, ContextType>;
  conditions?: Resolver<ReadonlyArray<ResolversTypes['Condition']>, ParentType, ContextType>;
  assumptions?: Resolver<ReadonlyArray<ResolversTypes['Assumption']>, ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  remedies?: Resolver<ReadonlyArray<ResolversTypes['Remedy']>, ParentType, ContextType>;
  noRemedy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  symptom?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type StepResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Step'] = ResolversParentTypes['Step']> = {
  stage?: Resolver<ResolversTypes['Stage'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['StepOutcome'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  because?: Resolver<ReadonlyArray<ResolversTypes['ResourceRef']>, ParentType, ContextType>;
  help?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nearMisses?: Resolver<ReadonlyArray<ResolversTypes['NearMiss']>, ParentType, ContextType>;
  hop?: Resolver<Maybe<ResolversTypes['Hop']>, ParentType, ContextType>;
};

export type HopResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Hop'] = ResolversParentTypes['Hop']> = {
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['HopKind'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ResourceRefResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ResourceRef'] = ResolversParentTypes['ResourceRef']> = {
  cluster?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  namespace?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['SourcePlace']>, ParentType, ContextType>;
};

export type SourcePlaceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourcePlace'] = ResolversParentTypes['SourcePlace']> = {
  file?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  line?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type EndpointPathResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EndpointPath'] = ResolversParentTypes['EndpointPath']> = {
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  port?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  cluster?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  network?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  workload?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  via?: Resolver<Maybe<ResolversTypes['ViaGateway']>, ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['Verdict'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  steps?: Resolver<ReadonlyArray<ResolversTypes['Step']>, ParentType, ContextType>;
  priority?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  share?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ViaGatewayResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ViaGateway'] = ResolversParentTypes['ViaGateway']> = {
  address?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  port?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  network?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  cluster?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  because?: Resolver<ReadonlyArray<ResolversTypes['ResourceRef']>, ParentType, ContextType>;
};

export type ConditionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Condition'] = ResolversParentTypes['Condition']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  on?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  because?: Resolver<ReadonlyArray<ResolversTypes['ResourceRef']>, ParentType, ContextType>;
  help?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type NearMissResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['NearMiss'] = ResolversParentTypes['NearMiss']> = {
  resource?: Resolver<ResolversTypes['ResourceRef'], ParentType, ContextType>;
  path?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  why?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AssumptionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Assumption'] = ResolversParentTypes['Assumption']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  because?: Resolver<ReadonlyArray<ResolversTypes['ResourceRef']>, ParentType, ContextType>;
  general?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  help?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RemedyResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Remedy'] = ResolversParentTypes['Remedy']> = {
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cluster?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  controlPlane?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  manifest?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  alsoOpens?: Resolver<Maybe<ResolversTypes['AlsoOpens']>, ParentType, ContextType>;
};

export type AlsoOpensResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AlsoOpens'] = ResolversParentTypes['AlsoOpens']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  examples?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type VisibleServiceConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['VisibleServiceConnection'] = ResolversParentTypes['VisibleServiceConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['VisibleServiceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['VisibleService']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  assumptions?: Resolver<ReadonlyArray<ResolversTypes['Assumption']>, ParentType, ContextType>;
  hidden?: Resolver<ResolversTypes['HiddenServiceConnection'], ParentType, ContextType, Partial<VisibleServiceConnectionHiddenArgs>>;
};

export type VisibleServiceEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['VisibleServiceEdge'] = ResolversParentTypes['VisibleServiceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['VisibleService'], ParentType, ContextType>;
};

export type VisibleServiceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['VisibleService'] = ResolversParentTypes['VisibleService']> = {
  host?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  namespace?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  resolvesTo?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  because?: Resolver<ReadonlyArray<ResolversTypes['ResourceRef']>, ParentType, ContextType>;
  ports?: Resolver<ReadonlyArray<ResolversTypes['VisiblePort']>, ParentType, ContextType>;
  routes?: Resolver<ReadonlyArray<ResolversTypes['VisibleRoute']>, ParentType, ContextType>;
};

export type VisibleRouteResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['VisibleRoute'] = ResolversParentTypes['VisibleRoute']> = {
  route?: Resolver<ResolversTypes['ResourceRef'], ParentType, ContextType>;
  applies?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  because?: Resolver<ReadonlyArray<ResolversTypes['ResourceRef']>, ParentType, ContextType>;
};

export type VisiblePortResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['VisiblePort'] = ResolversParentTypes['VisiblePort']> = {
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  protocol?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subsets?: Resolver<ReadonlyArray<ResolversTypes['VisibleSubset']>, ParentType, ContextType>;
};

export type VisibleSubsetResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['VisibleSubset'] = ResolversParentTypes['VisibleSubset']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tls?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  endpoints?: Resolver<ReadonlyArray<ResolversTypes['VisibleEndpoint']>, ParentType, ContextType>;
  dropped?: Resolver<ReadonlyArray<ResolversTypes['DroppedEndpoint']>, ParentType, ContextType>;
};

export type VisibleEndpointResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['VisibleEndpoint'] = ResolversParentTypes['VisibleEndpoint']> = {
  address?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  port?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cluster?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  network?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  locality?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  weight?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  priority?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  viaGateway?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  health?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DroppedEndpointResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DroppedEndpoint'] = ResolversParentTypes['DroppedEndpoint']> = {
  address?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cluster?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  because?: Resolver<ReadonlyArray<ResolversTypes['ResourceRef']>, ParentType, ContextType>;
};

export type HiddenServiceConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['HiddenServiceConnection'] = ResolversParentTypes['HiddenServiceConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['HiddenServiceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['HiddenService']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type HiddenServiceEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['HiddenServiceEdge'] = ResolversParentTypes['HiddenServiceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['HiddenService'], ParentType, ContextType>;
};

export type HiddenServiceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['HiddenService'] = ResolversParentTypes['HiddenService']> = {
  host?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  namespace?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  because?: Resolver<ReadonlyArray<ResolversTypes['ResourceRef']>, ParentType, ContextType>;
};

export type IdentityTrustResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['IdentityTrust'] = ResolversParentTypes['IdentityTrust']> = {
  verdict?: Resolver<ResolversTypes['TrustVerdict'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  clientAcceptsServer?: Resolver<ResolversTypes['TrustDirection'], ParentType, ContextType>;
  serverAcceptsClient?: Resolver<ResolversTypes['TrustDirection'], ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  assumptions?: Resolver<ReadonlyArray<ResolversTypes['Assumption']>, ParentType, ContextType>;
  remedies?: Resolver<ReadonlyArray<ResolversTypes['Remedy']>, ParentType, ContextType>;
};

export type TrustDirectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TrustDirection'] = ResolversParentTypes['TrustDirection']> = {
  verdict?: Resolver<ResolversTypes['TrustVerdict'], ParentType, ContextType>;
  chain?: Resolver<ResolversTypes['Step'], ParentType, ContextType>;
  trustDomain?: Resolver<ResolversTypes['Step'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['Step'], ParentType, ContextType>;
};

export type ProxyConfigResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ProxyConfig'] = ResolversParentTypes['ProxyConfig']> = {
  answers?: Resolver<ReadonlyArray<ResolversTypes['ControlPlaneAnswer']>, ParentType, ContextType>;
};

export type ControlPlaneAnswerResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ControlPlaneAnswer'] = ResolversParentTypes['ControlPlaneAnswer']> = {
  controlPlane?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  gateways?: Resolver<ReadonlyArray<ResolversTypes['NetworkEntrance']>, ParentType, ContextType>;
  assumptions?: Resolver<ReadonlyArray<ResolversTypes['Assumption']>, ParentType, ContextType>;
  proxies?: Resolver<ReadonlyArray<ResolversTypes['ProxyAnswer']>, ParentType, ContextType>;
};

export type NetworkEntranceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['NetworkEntrance'] = ResolversParentTypes['NetworkEntrance']> = {
  network?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cluster?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  address?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  port?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProxyAnswerResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ProxyAnswer'] = ResolversParentTypes['ProxyAnswer']> = {
  proxy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unknownHosts?: Resolver<ResolversTypes['UnknownHosts'], ParentType, ContextType>;
  services?: Resolver<ReadonlyArray<ResolversTypes['ScopedHost']>, ParentType, ContextType>;
  targets?: Resolver<ReadonlyArray<ResolversTypes['ProxyTarget']>, ParentType, ContextType>;
  routes?: Resolver<ReadonlyArray<ResolversTypes['RouteEntry']>, ParentType, ContextType>;
  names?: Resolver<Maybe<ReadonlyArray<ResolversTypes['NameEntry']>>, ParentType, ContextType>;
  inbound?: Resolver<ReadonlyArray<ResolversTypes['InboundEntry']>, ParentType, ContextType>;
};

export type ScopedHostResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ScopedHost'] = ResolversParentTypes['ScopedHost']> = {
  host?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  namespace?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ports?: Resolver<ReadonlyArray<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ProxyTargetResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ProxyTarget'] = ResolversParentTypes['ProxyTarget']> = {
  host?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  port?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  subset?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['TargetType'], ParentType, ContextType>;
  sends?: Resolver<Maybe<ResolversTypes['SentProtocol']>, ParentType, ContextType>;
  endpoints?: Resolver<ReadonlyArray<ResolversTypes['TargetEndpoint']>, ParentType, ContextType>;
  unready?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TargetEndpointResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TargetEndpoint'] = ResolversParentTypes['TargetEndpoint']> = {
  address?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  port?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  weight?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  priority?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  share?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  sends?: Resolver<ResolversTypes['SentProtocol'], ParentType, ContextType>;
};

export type RouteEntryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RouteEntry'] = ResolversParentTypes['RouteEntry']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ReadonlyArray<ResolversTypes['ShareEntry']>, ParentType, ContextType>;
};

export type ShareEntryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ShareEntry'] = ResolversParentTypes['ShareEntry']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type NameEntryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['NameEntry'] = ResolversParentTypes['NameEntry']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type InboundEntryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['InboundEntry'] = ResolversParentTypes['InboundEntry']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['InboundMode'], ParentType, ContextType>;
};

export type DeploymentModelResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeploymentModel'] = ResolversParentTypes['DeploymentModel']> = {
  clusters?: Resolver<ResolversTypes['Multiplicity'], ParentType, ContextType>;
  networks?: Resolver<ResolversTypes['Multiplicity'], ParentType, ContextType>;
  controlPlanes?: Resolver<ResolversTypes['Multiplicity'], ParentType, ContextType>;
  meshes?: Resolver<ResolversTypes['Multiplicity'], ParentType, ContextType>;
  tenancy?: Resolver<ReadonlyArray<ResolversTypes['TenancyKind']>, ParentType, ContextType>;
  perMesh?: Resolver<ReadonlyArray<ResolversTypes['MeshDeployment']>, ParentType, ContextType>;
};

export type MeshDeploymentResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MeshDeployment'] = ResolversParentTypes['MeshDeployment']> = {
  mesh?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  clusters?: Resolver<ResolversTypes['Multiplicity'], ParentType, ContextType>;
  networks?: Resolver<ResolversTypes['Multiplicity'], ParentType, ContextType>;
  controlPlanes?: Resolver<ResolversTypes['Multiplicity'], ParentType, ContextType>;
  availability?: Resolver<ResolversTypes['Availability'], ParentType, ContextType>;
  dataPlanes?: Resolver<ReadonlyArray<ResolversTypes['MeshDataPlane']>, ParentType, ContextType>;
};

export type FindingConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['FindingConnection'] = ResolversParentTypes['FindingConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['FindingEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Finding']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type FindingEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['FindingEdge'] = ResolversParentTypes['FindingEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Finding'], ParentType, ContextType>;
};

export type FindingResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Finding'] = ResolversParentTypes['Finding']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['Severity'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  resource?: Resolver<Maybe<ResolversTypes['FindingResource']>, ParentType, ContextType>;
  path?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['SourcePlace']>, ParentType, ContextType>;
  istio?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  kiali?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  help?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fingerprint?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type FindingResourceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['FindingResource'] = ResolversParentTypes['FindingResource']> = {
  cluster?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  namespace?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type GroupResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Group'] = ResolversParentTypes['Group']> = {
  kind?: Resolver<ResolversTypes['GroupKind'], ParentType, ContextType>;
  cluster?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  namespace?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TracedSourceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TracedSource'] = ResolversParentTypes['TracedSource']> = {
  outside?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  cluster?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  namespace?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  workload?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  gateway?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TracedDestinationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TracedDestination'] = ResolversParentTypes['TracedDestination']> = {
  host?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  port?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type TracedCallResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TracedCall'] = ResolversParentTypes['TracedCall']> = {
  from?: Resolver<ResolversTypes['TracedSource'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['TracedDestination'], ParentType, ContextType>;
};

export type GroupRowResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['GroupRow'] = ResolversParentTypes['GroupRow']> = {
  group?: Resolver<ResolversTypes['Group'], ParentType, ContextType>;
  peer?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
  port?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  count?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  examples?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['Verdict'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  help?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  conditions?: Resolver<ReadonlyArray<ResolversTypes['Condition']>, ParentType, ContextType>;
  because?: Resolver<ReadonlyArray<ResolversTypes['ResourceRef']>, ParentType, ContextType>;
  trace?: Resolver<Maybe<ResolversTypes['TracedCall']>, ParentType, ContextType>;
};

export type GroupTotalResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['GroupTotal'] = ResolversParentTypes['GroupTotal']> = {
  verdict?: Resolver<ResolversTypes['Verdict'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type GroupRowConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['GroupRowConnection'] = ResolversParentTypes['GroupRowConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['GroupRowEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['GroupRow']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  isolation?: Resolver<Maybe<ResolversTypes['IsolationVerdict']>, ParentType, ContextType>;
  totals?: Resolver<ReadonlyArray<ResolversTypes['GroupTotal']>, ParentType, ContextType>;
  assumptions?: Resolver<ReadonlyArray<ResolversTypes['Assumption']>, ParentType, ContextType>;
};

export type GroupRowEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['GroupRowEdge'] = ResolversParentTypes['GroupRowEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['GroupRow'], ParentType, ContextType>;
};

export type PolicyRowResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PolicyRow'] = ResolversParentTypes['PolicyRow']> = {
  workload?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  port?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  host?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  concern?: Resolver<ResolversTypes['PolicyConcern'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['PolicyState'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  resource?: Resolver<Maybe<ResolversTypes['ResourceRef']>, ParentType, ContextType>;
  by?: Resolver<Maybe<ResolversTypes['ResourceRef']>, ParentType, ContextType>;
};

export type PolicyRowConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PolicyRowConnection'] = ResolversParentTypes['PolicyRowConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PolicyRowEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['PolicyRow']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PolicyRowEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PolicyRowEdge'] = ResolversParentTypes['PolicyRowEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PolicyRow'], ParentType, ContextType>;
};

export type Resolvers<ContextType = GraphqlContext> = {
  DateTime?: GraphQLScalarType;
  Node?: NodeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Topology?: TopologyResolvers<ContextType>;
  TopologyConnection?: TopologyConnectionResolvers<ContextType>;
  TopologyEdge?: TopologyEdgeResolvers<ContextType>;
  TopologyVersionConnection?: TopologyVersionConnectionResolvers<ContextType>;
  TopologyVersionEdge?: TopologyVersionEdgeResolvers<ContextType>;
  AnsweringVersion?: AnsweringVersionResolvers<ContextType>;
  TopologyVersion?: TopologyVersionResolvers<ContextType>;
  Mesh?: MeshResolvers<ContextType>;
  Network?: NetworkResolvers<ContextType>;
  Cluster?: ClusterResolvers<ContextType>;
  KindCount?: KindCountResolvers<ContextType>;
  ControlPlane?: ControlPlaneResolvers<ContextType>;
  Service?: ServiceResolvers<ContextType>;
  ServiceRoute?: ServiceRouteResolvers<ContextType>;
  Identity?: IdentityResolvers<ContextType>;
  ClusterTrust?: ClusterTrustResolvers<ContextType>;
  Label?: LabelResolvers<ContextType>;
  ServicePort?: ServicePortResolvers<ContextType>;
  ServiceConnection?: ServiceConnectionResolvers<ContextType>;
  ServiceEdge?: ServiceEdgeResolvers<ContextType>;
  Workload?: WorkloadResolvers<ContextType>;
  WorkloadConnection?: WorkloadConnectionResolvers<ContextType>;
  WorkloadEdge?: WorkloadEdgeResolvers<ContextType>;
  Tenant?: TenantResolvers<ContextType>;
  Reachability?: ReachabilityResolvers<ContextType>;
  Step?: StepResolvers<ContextType>;
  Hop?: HopResolvers<ContextType>;
  ResourceRef?: ResourceRefResolvers<ContextType>;
  SourcePlace?: SourcePlaceResolvers<ContextType>;
  EndpointPath?: EndpointPathResolvers<ContextType>;
  ViaGateway?: ViaGatewayResolvers<ContextType>;
  Condition?: ConditionResolvers<ContextType>;
  NearMiss?: NearMissResolvers<ContextType>;
  Assumption?: AssumptionResolvers<ContextType>;
  Remedy?: RemedyResolvers<ContextType>;
  AlsoOpens?: AlsoOpensResolvers<ContextType>;
  VisibleServiceConnection?: VisibleServiceConnectionResolvers<ContextType>;
  VisibleServiceEdge?: VisibleServiceEdgeResolvers<ContextType>;
  VisibleService?: VisibleServiceResolvers<ContextType>;
  VisibleRoute?: VisibleRouteResolvers<ContextType>;
  VisiblePort?: VisiblePortResolvers<ContextType>;
  VisibleSubset?: VisibleSubsetResolvers<ContextType>;
  VisibleEndpoint?: VisibleEndpointResolvers<ContextType>;
  DroppedEndpoint?: DroppedEndpointResolvers<ContextType>;
  HiddenServiceConnection?: HiddenServiceConnectionResolvers<ContextType>;
  HiddenServiceEdge?: HiddenServiceEdgeResolvers<ContextType>;
  HiddenService?: HiddenServiceResolvers<ContextType>;
  IdentityTrust?: IdentityTrustResolvers<ContextType>;
  TrustDirection?: TrustDirectionResolvers<ContextType>;
  ProxyConfig?: ProxyConfigResolvers<ContextType>;
  ControlPlaneAnswer?: ControlPlaneAnswerResolvers<ContextType>;
  NetworkEntrance?: NetworkEntranceResolvers<ContextType>;
  ProxyAnswer?: ProxyAnswerResolvers<ContextType>;
  ScopedHost?: ScopedHostResolvers<ContextType>;
  ProxyTarget?: ProxyTargetResolvers<ContextType>;
  TargetEndpoint?: TargetEndpointResolvers<ContextType>;
  RouteEntry?: RouteEntryResolvers<ContextType>;
  ShareEntry?: ShareEntryResolvers<ContextType>;
  NameEntry?: NameEntryResolvers<ContextType>;
  InboundEntry?: InboundEntryResolvers<ContextType>;
  DeploymentModel?: DeploymentModelResolvers<ContextType>;
  MeshDeployment?: MeshDeploymentResolvers<ContextType>;
  FindingConnection?: FindingConnectionResolvers<ContextType>;
  FindingEdge?: FindingEdgeResolvers<ContextType>;
  Finding?: FindingResolvers<ContextType>;
  FindingResource?: FindingResourceResolvers<ContextType>;
  Group?: GroupResolvers<ContextType>;
  TracedSource?: TracedSourceResolvers<ContextType>;
  TracedDestination?: TracedDestinationResolvers<ContextType>;
  TracedCall?: TracedCallResolvers<ContextType>;
  GroupRow?: GroupRowResolvers<ContextType>;
  GroupTotal?: GroupTotalResolvers<ContextType>;
  GroupRowConnection?: GroupRowConnectionResolvers<ContextType>;
  GroupRowEdge?: GroupRowEdgeResolvers<ContextType>;
  PolicyRow?: PolicyRowResolvers<ContextType>;
  PolicyRowConnection?: PolicyRowConnectionResolvers<ContextType>;
  PolicyRowEdge?: PolicyRowEdgeResolvers<ContextType>;
};

