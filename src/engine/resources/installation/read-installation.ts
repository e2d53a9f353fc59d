import type { MeshInstallation } from './mesh-installation.js'
import type { Meta } from '../meta.js'
import { readInstalledGateways } from './read-installed-gateways.js'
import {
  findFlag,
  findObject,
  findText,
  isRaw,
  noteUnreadable,
  type Raw,
  type Reading,
  readList,
  readObject,
  readText,
} from '../reading.js'
import { readLabelSelector } from '../label-selector.js'

/** Environment of istiod; values are often written without quotes, `true` for "true". */
const envOf = (reading: Reading, values: Raw, at: string): Readonly<Record<string, string>> => {
  const env = readObject(reading, readObject(reading, values, 'pilot', at), 'env', `${at}.pilot`)
  return Object.fromEntries(Object.keys(env).map((key) => [key, textOf(reading, env, key, `${at}.pilot.env`)]))
}

const textOf = (reading: Reading, env: Raw, key: string, at: string): string =>
  typeof env[key] === 'number' || typeof env[key] === 'boolean' ? String(env[key]) : readText(reading, env, key, at)

const withoutUndefined = <T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter((entry) => entry[1] !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> }

/** Facts in Helm values of the istiod chart, wherever they are embedded. */
const factsOfValues = (reading: Reading, values: Raw, at: string) => {
  const global = readObject(reading, values, 'global', at)
  const multiCluster = readObject(reading, global, 'multiCluster', `${at}.global`)
  return withoutUndefined({
    meshId: findText(reading, global, 'meshID', `${at}.global`),
    clusterName: findText(reading, multiCluster, 'clusterName', `${at}.global.multiCluster`),
    network: findText(reading, global, 'network', `${at}.global`),
    remotePilotAddress: findText(reading, global, 'remotePilotAddress', `${at}.global`),
    externalIstiod: findFlag(reading, global, 'externalIstiod', `${at}.global`),
    namespace: findText(reading, global, 'istioNamespace', `${at}.global`),
    meshConfig: findObject(reading, values, 'meshConfig', at),
    meshNetworks: findObject(reading, global, 'meshNetworks', `${at}.global`),
  })
}

const versionOf = (text: string | undefined): { version?: string } =>
  text === undefined || text === '' ? {} : { version: text.replace(/^v/, '') }

/** IstioOperator: `spec.values` with `spec.meshConfig` over its copy there. */
export const readIstioOperator = (reading: Reading, raw: Raw, meta: Meta): MeshInstallation => {
  const spec = readObject(reading, raw, 'spec', '')
  const values = readObject(reading, spec, 'values', 'spec')
  const meshConfig = findObject(reading, spec, 'meshConfig', 'spec')
  return {
    meta,
    ...factsOfValues(reading, values, 'spec.values'),
    ...(meshConfig === undefined ? {} : { meshConfig }),
    profile: findText(reading, spec, 'profile', 'spec') ?? 'default',
    ...versionOf(findText(reading, spec, 'tag', 'spec')),
    revision: readText(reading, spec, 'revision', 'spec'),
    env: envOf(reading, values, 'spec.values'),
    gateways: readInstalledGateways(reading, spec, meta),
    path: 'spec',
  }
}

/** Sail's `Istio` and `IstioRevision`; the revision called `default` is the default one. */
export const readSailInstallation = (reading: Reading, raw: Raw, meta: Meta): MeshInstallation => {
  const spec = readObject(reading, raw, 'spec', '')
  const values = readObject(reading, spec, 'values', 'spec')
  const namespace = findText(reading, spec, 'namespace', 'spec')
  return {
    meta,
    ...factsOfValues(reading, values, 'spec.values'),
    ...(namespace === undefined ? {} : { namespace }),
    ...versionOf(findText(reading, spec, 'version', 'spec')),
    revision: meta.name === 'default' ? '' : meta.name,
    env: envOf(reading, values, 'spec.values'),
    gateways: [],
    path: 'spec.values',
  }
}

/** OpenShift Service Mesh 2 numbers its releases itself; these are the Istio releases inside. */
const istioOfMaistra: Readonly<Record<string, string>> = {
  '2.0': '1.6',
  '2.1': '1.9',
  '2.2': '1.12',
  '2.3': '1.14',
  '2.4': '1.16',
  '2.5': '1.18',
  '2.6': '1.20',
}

/** ServiceMeshControlPlane: its namespace is the system namespace. */
export const readServiceMeshControlPlane = (reading: Reading, raw: Raw, meta: Meta): MeshInstallation => {
  const spec = readObject(reading, raw, 'spec', '')
  const cluster = readObject(reading, spec, 'cluster', 'spec')
  const domain = findText(
    reading,
    readObject(reading, readObject(reading, spec, 'security', 'spec'), 'trust', 'spec.security'),
    'domain',
    'spec.security.trust',
  )
  const release = readText(reading, spec, 'version', 'spec').replace(/^v/, '')
  const version = Object.hasOwn(istioOfMaistra, release) ? istioOfMaistra[release] : undefined
  return {
    meta,
    ...withoutUndefined({
      clusterName: findText(reading, cluster, 'name', 'spec.cluster'),
      network: findText(reading, cluster, 'network', 'spec.cluster'),
      meshConfig: domain === undefined ? undefined : { trustDomain: domain },
    }),
    ...versionOf(version),
    namespace: meta.namespace,
    revision: '',
    env: {},
    gateways: [],
    path: 'spec',
  }
}

/** Values of the istiod chart in a document of their own, or in a Flux release of that chart. */
export const readHelmValues = (reading: Reading, raw: Raw, meta: Meta): MeshInstallation => {
  const spec = readObject(reading, raw, 'spec', '')
  const released = findObject(reading, spec, 'values', 'spec')
  const path = released === undefined ? 'values' : 'spec.values'
  const values = released ?? readObject(reading, raw, 'values', '')
  return valuesInstallation(reading, values, meta, path, readText(reading, values, 'revision', path))
}

/** Of the many releases a cluster may hold, those of istiod tell of the mesh. */
export const findHelmRelease = (reading: Reading, raw: Raw, meta: Meta): MeshInstallation | undefined =>
  /istiod|istio-discovery/.test(meta.name) ? readHelmValues(reading, raw, meta) : undefined

const valuesInstallation = (reading: Reading, values: Raw, meta: Meta, path: string, revision: string): MeshInstallation => ({
  meta,
  ...factsOfValues(reading, values, path),
  revision,
  env: envOf(reading, values, path),
  gateways: [],
  path,
})

const at = 'data.values'

/** An image with a slash is the whole of it, as in the injector's template. */
function readInjector(reading: Reading, values: Raw): NonNullable<MeshInstallation['injector']> {
  const global = readObject(reading, values, 'global', at)
  const proxy = readObject(reading, global, 'proxy', `${at}.global`)
  const image = readText(reading, proxy, 'image', `${at}.global.proxy`)
  const [hub, tag] = ['hub', 'tag'].map((key) => textOf(reading, global, key, `${at}.global`))
  const webhook = readObject(reading, values, 'sidecarInjectorWebhook', at)
  const whole = image.includes('/') ? image : image === '' || hub === '' || tag === '' ? undefined : `${hub}/${image}:${tag}`
  return {
    ...(whole === undefined ? {} : { image: whole }),
    byDefault: findFlag(reading, webhook, 'enableNamespacesByDefault', `${at}.sidecarInjectorWebhook`) ?? false,
    never: readList(reading, webhook, 'neverInjectSelector', `${at}.sidecarInjectorWebhook`, readLabelSelector),
    always: readList(reading, webhook, 'alwaysInjectSelector', `${at}.sidecarInjectorWebhook`, readLabelSelector),
    onlyAsked: proxy['autoInject'] === 'disabled',
  }
}

const injectorName = 'istio-sidecar-injector'

/**
 * The values that the injection webhook works with: what a running installation gives every proxy (NET-3).
 *
 * They stand in ConfigMap `istio-sidecar-injector[-<revision>]`, key `values`, as JSON.
 */
export const findInjectorValues = (reading: Reading, raw: Raw, meta: Meta): MeshInstallation | undefined => {
  const { name, namespace } = meta
  const text = isRaw(raw['data']) ? raw['data']['values'] : undefined
  if (typeof text !== 'string' || (name !== injectorName && !name.startsWith(`${injectorName}-`))) return undefined
  try {
    const values: unknown = JSON.parse(text)
    if (!isRaw(values)) return undefined
    const installation = valuesInstallation(reading, values, meta, at, name.slice(injectorName.length + 1))
    return { ...installation, namespace, env: {}, injector: readInjector(reading, values) }
  } catch {
    noteUnreadable(reading, 'data.values', 'is not JSON')
    return undefined
  }
}
