import { readAuthorizationPolicy } from './istio/authorization-policy.js'
import { readDestinationRule } from './istio/destination-rule.js'
import { readEnvoyFilter } from './istio/envoy-filter.js'
import { readExtension } from './istio/extension.js'
import { readGateway } from './istio/gateway.js'
import { readPeerAuthentication } from './istio/peer-authentication.js'
import { readProxyConfig } from './istio/proxy-config.js'
import { readRequestAuthentication } from './istio/request-authentication.js'
import { readServiceEntry } from './istio/service-entry.js'
import { readSidecar } from './istio/sidecar.js'
import { readTelemetry } from './istio/telemetry.js'
import { readVirtualService } from './istio/virtual-service.js'
import { readWorkloadEntry } from './istio/workload-entry.js'
import { readWorkloadGroup } from './istio/workload-group.js'
import {
  findHelmRelease,
  findInjectorValues,
  readHelmValues,
  readIstioOperator,
  readSailInstallation,
  readServiceMeshControlPlane,
} from './installation/read-installation.js'
import { findWebhooks } from './installation/webhook-configuration.js'
import { findRevisionTag, findTagOfWebhook } from './installation/revision-tag.js'
import { byKey, byName, byNamespace, listed } from './kind.js'
import { readBackendTlsPolicy } from './kubernetes/backend-tls-policy.js'
import { readConfigMap } from './kubernetes/config-map.js'
import { readEndpointSlice, readLegacyEndpoints } from './kubernetes/endpoint-slice.js'
import { readGatewayClass } from './kubernetes/gateway-class.js'
import { readGatewayRoute } from './kubernetes/gateway-route.js'
import { readIngress, readIngressClass } from './kubernetes/ingress.js'
import { readKubernetesGateway } from './kubernetes/kubernetes-gateway.js'
import { readListenerSet } from './kubernetes/listener-set.js'
import { readNamespace } from './kubernetes/namespace.js'
import { readNode } from './kubernetes/node.js'
import { readPod } from './kubernetes/pod.js'
import { readPodController } from './kubernetes/pod-controller.js'
import { readReferenceGrant } from './kubernetes/reference-grant.js'
import { readSecret } from './kubernetes/secret.js'
import { readService } from './kubernetes/service.js'
import { readServiceAccount } from './kubernetes/service-account.js'
import { readServiceExport } from './kubernetes/service-export.js'
import { readServiceImport } from './kubernetes/service-import.js'
import { readAdminPolicy } from './network-policy/admin-policy.js'
import { readAntreaPolicy } from './network-policy/antrea-policy.js'
import { readCalicoPolicy } from './network-policy/calico-policy.js'
import { readCiliumPolicy } from './network-policy/cilium-policy.js'
import { readNetworkPolicy } from './network-policy/network-policy.js'

/**
 * The register of the kinds that are read: where their objects are kept, who reads them, and what they are called.
 *
 * By API group and kind: a `Gateway` of Istio and one of Kubernetes are different kinds, all versions of a kind are one. A kind may
 * stand under several names of the register. What a cluster's resources hold follows from it.
 */
export const kinds = {
  namespaces: byName(readNamespace, '/Namespace'),
  nodes: byName(readNode, '/Node'),
  services: byNamespace(readService, '/Service'),
  pods: byNamespace(readPod, '/Pod'),
  /** Anything with a pod template. */
  podControllers: byNamespace(
    readPodController,
    '/ReplicationController',
    'apps/Deployment',
    'apps/StatefulSet',
    'apps/DaemonSet',
    'apps/ReplicaSet',
    'extensions/Deployment',
    'batch/Job',
    'batch/CronJob',
    'argoproj.io/Rollout',
    'apps.openshift.io/DeploymentConfig',
  ),
  /** Keyed `namespace/service`. */
  endpointSlices: byKey(({ meta, service }) => `${meta.namespace}/${service}`, readEndpointSlice, 'discovery.k8s.io/EndpointSlice'),
  legacyEndpoints: listed({ '/Endpoints': readLegacyEndpoints }),
  configMaps: byNamespace(readConfigMap, '/ConfigMap'),
  secrets: byNamespace(readSecret, '/Secret'),
  serviceAccounts: byNamespace(readServiceAccount, '/ServiceAccount'),
  serviceExports: byNamespace(readServiceExport, 'multicluster.x-k8s.io/ServiceExport', 'net.gke.io/ServiceExport'),
  serviceImports: byNamespace(readServiceImport, 'multicluster.x-k8s.io/ServiceImport', 'net.gke.io/ServiceImport'),

  networkPolicies: byNamespace(readNetworkPolicy, 'networking.k8s.io/NetworkPolicy', 'extensions/NetworkPolicy'),
  /** Policies for a whole cluster, of both versions of their API. */
  adminPolicies: listed({
    'policy.networking.k8s.io/AdminNetworkPolicy': readAdminPolicy,
    'policy.networking.k8s.io/BaselineAdminNetworkPolicy': readAdminPolicy,
    'policy.networking.k8s.io/ClusterNetworkPolicy': readAdminPolicy,
  }),
  /** Policies of network plugins: whom they select, not what they let through. */
  pluginPolicies: {
    ...listed({
      'cilium.io/CiliumNetworkPolicy': readCiliumPolicy,
      'cilium.io/CiliumClusterwideNetworkPolicy': readCiliumPolicy,
      'crd.projectcalico.org/NetworkPolicy': readCalicoPolicy,
      'crd.projectcalico.org/GlobalNetworkPolicy': readCalicoPolicy,
      'projectcalico.org/NetworkPolicy': readCalicoPolicy,
      'projectcalico.org/GlobalNetworkPolicy': readCalicoPolicy,
      'crd.antrea.io/NetworkPolicy': readAntreaPolicy,
      'crd.antrea.io/ClusterNetworkPolicy': readAntreaPolicy,
    }),
    reachOnly: true,
  },

  serviceEntries: byNamespace(readServiceEntry, 'networking.istio.io/ServiceEntry'),
  workloadEntries: byNamespace(readWorkloadEntry, 'networking.istio.io/WorkloadEntry'),
  workloadGroups: byNamespace(readWorkloadGroup, 'networking.istio.io/WorkloadGroup'),
  virtualServices: byNamespace(readVirtualService, 'networking.istio.io/VirtualService'),
  destinationRules: byNamespace(readDestinationRule, 'networking.istio.io/DestinationRule'),
  sidecars: byNamespace(readSidecar, 'networking.istio.io/Sidecar'),
  gateways: byNamespace(readGateway, 'networking.istio.io/Gateway'),
  envoyFilters: byNamespace(readEnvoyFilter, 'networking.istio.io/EnvoyFilter'),
  /** Code of someone else's in proxies. */
  extensions: byNamespace(readExtension, 'extensions.istio.io/WasmPlugin', 'extensions.istio.io/TrafficExtension'),
  telemetries: byNamespace(readTelemetry, 'telemetry.istio.io/Telemetry'),
  proxyConfigs: byNamespace(readProxyConfig, 'networking.istio.io/ProxyConfig'),
  peerAuthentications: byNamespace(readPeerAuthentication, 'security.istio.io/PeerAuthentication'),
  authorizationPolicies: byNamespace(readAuthorizationPolicy, 'security.istio.io/AuthorizationPolicy'),
  requestAuthentications: byNamespace(readRequestAuthentication, 'security.istio.io/RequestAuthentication'),

  ingresses: byNamespace(readIngress, 'networking.k8s.io/Ingress'),
  ingressClasses: byName(readIngressClass, 'networking.k8s.io/IngressClass'),
  gatewayClasses: byName(readGatewayClass, 'gateway.networking.k8s.io/GatewayClass'),
  kubernetesGateways: byNamespace(readKubernetesGateway, 'gateway.networking.k8s.io/Gateway'),
  listenerSets: byNamespace(readListenerSet, 'gateway.networking.k8s.io/ListenerSet'),
  gatewayRoutes: byNamespace(
    readGatewayRoute,
    'gateway.networking.k8s.io/HTTPRoute',
    'gateway.networking.k8s.io/GRPCRoute',
    'gateway.networking.k8s.io/TCPRoute',
    'gateway.networking.k8s.io/TLSRoute',
  ),
  referenceGrants: byNamespace(readReferenceGrant, 'gateway.networking.k8s.io/ReferenceGrant'),
  backendTlsPolicies: byNamespace(readBackendTlsPolicy, 'gateway.networking.k8s.io/BackendTLSPolicy'),

  /** What tells of an installation of Istio. */
  installations: listed({
    '/ConfigMap': findInjectorValues,
    'install.istio.io/IstioOperator': readIstioOperator,
    'sailoperator.io/Istio': readSailInstallation,
    'sailoperator.io/IstioRevision': readSailInstallation,
    'operator.istio.io/Istio': readSailInstallation,
    'maistra.io/ServiceMeshControlPlane': readServiceMeshControlPlane,
    'helm.toolkit.fluxcd.io/HelmRelease': findHelmRelease,
    'helm.istio.io/Values': readHelmValues,
  }),
  revisionTags: listed({
    'admissionregistration.k8s.io/MutatingWebhookConfiguration': findTagOfWebhook,
    'sailoperator.io/IstioRevisionTag': findRevisionTag,
  }),
  webhooks: listed({
    'admissionregistration.k8s.io/MutatingWebhookConfiguration': findWebhooks,
    'admissionregistration.k8s.io/ValidatingWebhookConfiguration': findWebhooks,
  }),
} as const
