import { generateKeyPairSync } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { configMap, type RawObject } from './reading.js'

export const canary = 'c4n4ryV4lu3n0b0dyM4ySee'
export const base64 = (value: string | Uint8Array): string => Buffer.from(value as string).toString('base64')

export const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
export const keyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
export const keyBody = keyPem.split('\n').slice(1, -2).join('')

/** A private key whose text is the canary: what removal must find by its frame. */
export const framed = (kind = 'PRIVATE KEY', text = canary): string => `-----BEGIN ${kind}-----\n${text}\n-----END ${kind}-----\n`
export const jwt = `eyJhbGciOiJSUzI1NiJ9.${base64(`{"sub":"${canary}"}`).replaceAll('=', '')}.${canary}`
export const kubeconfig = `apiVersion: v1
kind: Config
current-context: east
clusters: [{ name: east, cluster: { server: 'https://admin:${canary}@203.0.113.5:6443/path/${canary}?q=${canary}' } }]
users: [{ name: admin, user: { token: ${canary} } }]
`
const dockerConfig = JSON.stringify({ auths: { 'registry.example': { auth: canary, username: 'a' } } })
export const certificate = `-----BEGIN CERTIFICATE-----\n${base64(Uint8Array.from([0x30, 0x82, 0x01, 0x0a, 0x30, 0x82, 0x00, 0x10, 1, 2, 3, 4]))}\n-----END CERTIFICATE-----\n`

export const secret = (fields: RawObject, labels: RawObject = {}): RawObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'a', namespace: 'shop', labels },
  ...fields,
})

export const deployment = (container: RawObject, annotations: RawObject = {}): RawObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', annotations },
  spec: { template: { metadata: { annotations }, spec: { containers: [{ name: 'web', image: 'web', ...container }] } } },
})

export const custom = (spec: RawObject): RawObject => ({ apiVersion: 'example.org/v1', kind: 'Thing', metadata: { name: 'a' }, spec })
const env = (name: string, value: string): RawObject => deployment({ env: [{ name, value }] })

export const carriers: readonly (readonly [string, RawObject])[] = [
  ['Secret data', secret({ data: { password: base64(canary) } })],
  ['Secret stringData', secret({ stringData: { password: canary } })],
  ['Secret data that is no base64', secret({ data: { password: canary } })],
  ['Secret data that is no text', secret({ data: { password: { nested: canary } } })],
  ['a field that a Secret does not have', secret({ dataa: { password: canary } })],
  ['a Secret written in lower case', { ...secret({ data: { a: canary } }), kind: 'secret' }],
  ['Secret annotations', { ...secret({}), metadata: { name: 'a', annotations: { 'example.org/token': canary } } }],
  [
    'last-applied of a Secret',
    {
      ...secret({}),
      metadata: { name: 'a', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': `{"data":{"a":"${base64(canary)}"}}` } },
    },
  ],
  ['cacerts', secret({ data: { 'ca-key.pem': base64(framed('EC PRIVATE KEY')), 'ca-cert.pem': base64(certificate) } })],
  ['a key under the heading of a certificate', secret({ data: { 'ca.crt': base64(framed('CERTIFICATE', keyBody)) } })],
  ['text around a certificate', secret({ data: { 'ca.crt': base64(`${canary}\n${certificate}${canary}`) } })],
  ['a remote secret', secret({ data: { east: base64(kubeconfig) } }, { 'istio/multiCluster': 'true' })],
  ['a remote secret as stringData', secret({ stringData: { east: kubeconfig } }, { 'istio/multiCluster': 'true' })],
  ['a Helm release', secret({ type: 'helm.sh/release.v1', data: { release: base64(base64(gzipSync(canary))) } })],
  ['a registry password', secret({ type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': base64(dockerConfig) } })],
  [
    'a List',
    { apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'SecretList', items: [secret({ data: { a: base64(canary) } })] }] },
  ],
  ['a Secret inside another object', custom({ manifests: [secret({ data: { a: base64(canary) } })] })],
  ['a Secret as JSON in an annotation', deployment({}, { 'example.org/applied': JSON.stringify(secret({ data: { a: base64(canary) } })) })],
  ['a Secret as YAML in a ConfigMap', configMap({ 'secret.yaml': `apiVersion: v1\nkind: Secret\ndata:\n  a: ${base64(canary)}\n` })],
  [
    'a sealed secret',
    { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name: 'a' }, spec: { encryptedData: { a: canary } } },
  ],
  ['PEM in a ConfigMap', configMap({ 'tls.key': framed('RSA PRIVATE KEY') })],
  ['PEM without an end', configMap({ 'tls.key': `-----BEGIN PRIVATE KEY-----\n${canary}` })],
  ['PEM in JSON', configMap({ 'account.json': JSON.stringify({ private_key: framed() }) })],
  ['an OpenSSH key', configMap({ id: framed('OPENSSH PRIVATE KEY') })],
  ['a PGP key', configMap({ id: framed('PGP PRIVATE KEY BLOCK') })],
  ['PEM under base64', configMap({ key: base64(framed()) })],
  ['PEM under base64 of base64', configMap({ key: base64(base64(framed())) })],
  ['PEM under base64 in lines', configMap({ key: (base64(framed('PRIVATE KEY', canary.repeat(6))).match(/.{1,64}/g) ?? []).join('\n') })],
  ['PEM under base64 amid text', configMap({ 'app.yaml': `listen: 80\nclientKey: ${base64(framed())}\n` })],
  ['a kubeconfig in a ConfigMap', configMap({ config: kubeconfig })],
  ['a kubeconfig under base64', configMap({ config: base64(kubeconfig) })],
  ['compressed content', configMap({ release: base64(gzipSync(framed())) })],
  ['binaryData', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, binaryData: { store: base64(canary) } }],
  ['a ConfigMap key named like a secret', configMap({ DB_PASSWORD: canary })],
  ['a dotted ConfigMap key named like a secret', configMap({ 'db.password': canary })],
  ['a line of properties', configMap({ 'app.properties': `a=b\nspring.datasource.password=${canary}\nc=d\n` })],
  ['a line of YAML', configMap({ 'app.yaml': `db:\n  host: db\n  password: "${canary}"\n` })],
  ['a member of JSON', configMap({ 'app.json': JSON.stringify({ db: { clientSecret: canary } }) })],
  ['a registry password in a ConfigMap', configMap({ 'config.json': dockerConfig })],
  ['credentials in an address', configMap({ url: `postgres://app:${canary}@db.shop:5432/x` })],
  ['a token in a ConfigMap', configMap({ note: `use ${jwt} here` })],
  ['a symmetric JWK', configMap({ jwks: JSON.stringify({ keys: [{ kty: 'oct', k: canary }] }) })],
  ['an annotation with a token', deployment({}, { note: `Bearer ${canary}` })],
  ['basic authorization', configMap({ header: `Basic ${base64(`user:${canary}`)}` })],
  ['last-applied of another kind', deployment({}, { 'kubectl.kubernetes.io/last-applied-configuration': `{"a":"${canary}"}` })],
  ['managedFields', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', managedFields: [{ x: canary }] } }],
  ['env PASSWORD', env('DB_PASSWORD', canary)],
  ['env TOKEN', env('TOKEN', canary)],
  ['env SECRET', env('CLIENT_SECRET', canary)],
  ['env KEY', env('AWS_SECRET_ACCESS_KEY', canary)],
  ['env in lower case', env('password', canary)],
  ['env with a key', env('CERT', framed())],
  ['env with a token', env('AUTH_HEADER', `Bearer ${jwt}`)],
  ['an argument', deployment({ args: [`--db-password=${canary}`] })],
  ['a user with a password', deployment({ args: ['-u', `admin:${canary}`] })],
  ['a user with a password in a command', deployment({ command: ['sh', '-c', `curl -u admin:${canary} http://host/`] })],
  ['a user with a password in a script', configMap({ 'run.sh': `#!/bin/sh\ncurl --user="admin:${canary}" http://host/\n` })],
  ['an argument after its option', deployment({ args: ['--token', canary] })],
  [
    'a command',
    deployment({ command: ['sh', '-c', `login --password ${canary} --token=${canary}`.replace('--password ', '--password=')] }),
  ],
  ['a field of an unknown kind', custom({ database: { password: canary, host: 'db' } })],
  [
    'Helm values in an IstioOperator',
    {
      apiVersion: 'install.istio.io/v1alpha1',
      kind: 'IstioOperator',
      metadata: { name: 'a' },
      spec: { values: { tracing: { accessToken: canary } } },
    },
  ],
  [
    'PEM in a template',
    { apiVersion: 'networking.istio.io/v1', kind: 'EnvoyFilter', metadata: { name: 'a' }, spec: { patch: { inline_string: framed() } } },
  ],
]
