import { describe, expect, it } from 'vitest'
import { removeSecrets } from '#engine/manifests/secrets/remove-secrets'
import { configMap, everything, type RawObject, readJson, readYaml, stored, taken, withObjects, yamlDocument } from './reading.js'
import {
  base64,
  canary,
  carriers,
  certificate,
  custom,
  deployment,
  framed,
  jwt,
  keyBody,
  keyPem,
  kubeconfig,
  privateKey,
  publicKey,
  secret,
} from './secret-carriers.js'

/** The canary as it is, and as what it could have been turned into. */
const traces = [
  canary,
  base64(canary).slice(0, 28),
  base64(base64(canary)).slice(0, 36),
  Buffer.from(canary).toString('hex'),
  base64(`\n${canary}`).slice(4, 28),
  base64(`${canary}\n`).slice(0, 28),
  keyBody.slice(0, 40),
]

describe('no secret is ever stored', () => {
  it.each(carriers)('%s', (_title, object) => {
    const result = readJson(withObjects(object))
    const all = everything(result)
    for (const trace of traces) expect(all).not.toContain(trace)
    for (const run of all.match(/[A-Za-z0-9+/]{24,}={0,2}/g) ?? [])
      expect(Buffer.from(run, 'base64').toString('latin1')).not.toContain(canary)
    taken(result)
  })

  it('real keys of every form go, public keys and certificates stay', () => {
    const forms = [
      keyPem,
      privateKey.export({ type: 'sec1', format: 'pem' }) as string,
      base64(privateKey.export({ type: 'pkcs8', format: 'der' })),
      base64(privateKey.export({ type: 'sec1', format: 'der' })),
    ]
    for (const form of forms) expect(stored(taken(readJson(withObjects(configMap({ a: form })))))[0]?.data).toEqual({ a: '' })
    const publicPem = publicKey.export({ type: 'spki', format: 'pem' }) as string
    const kept = { a: publicPem, b: base64(publicPem), c: certificate, d: base64(certificate) }
    expect(stored(taken(readJson(withObjects(configMap(kept)))))[0]?.data).toEqual(kept)
  })

  it.each([
    'AKIAIOSFODNN7EXAMPLE',
    `ghp_${'a1'.repeat(18)}`,
    `glpat-${'a1'.repeat(10)}`,
    `xoxb-${'1'.repeat(12)}-abcdefghij`,
    `npm_${'a1B'.repeat(12)}`,
    `github_pat_${'a1_'.repeat(10)}`,
    `sk_live_${'a1'.repeat(12)}`,
    `AIza${'a1_'.repeat(12)}`,
    `hvs.${'a1'.repeat(12)}`,
    jwt,
  ])('the token %s goes, the text around it stays', (token) => {
    expect(stored(taken(readJson(withObjects(configMap({ a: `before ${token}, after` })))))[0]?.data).toEqual({ a: 'before , after' })
  })

  it('not even the note tells one that was the name of an object', () => {
    const named = { ...custom({}), metadata: { name: `gh${''}p_${canary}12345` } }
    expect(everything(readJson(withObjects(named)))).not.toContain(canary)
  })

  it('the key of a label, as Istio’s CNI is told it, is no secret, and its value and the key of a door are as before', () => {
    const kept = { REPAIR_BROKEN_POD_LABEL_KEY: 'cni.istio.io/uninitialized', REPAIR_BROKEN_POD_LABEL_VALUE: 'true', TAINT_KEY: 'a/b' }
    expect(stored(taken(readJson(withObjects(configMap(kept)))))[0]?.data).toEqual(kept)
    const gone = { DOOR_KEY: 'q7Zk02mPx81LwR4t', LABEL_PASSWORD: 'x', MY_LABELKEYTOKEN: 'abc' }
    expect(stored(taken(readJson(withObjects(configMap({ ...gone })))))[0]?.data).toEqual({
      DOOR_KEY: '',
      LABEL_PASSWORD: '',
      MY_LABELKEYTOKEN: '',
    })
  })

  it('a user and a group by their numbers stay, and so does who logs in', () => {
    const container = {
      args: ['-u', '1000:1000', '--user', 'admin:pass'],
      command: ['sh', '-c', 'run --user 1000:1000; curl -u me:pass url'],
    }
    const { value, removed } = removeSecrets(container)
    expect(value).toEqual({ args: ['-u', '1000:1000', '--user', 'admin:'], command: ['sh', '-c', 'run --user 1000:1000; curl -u me: url'] })
    expect(removed.map(({ path }) => path)).toEqual([
      ['args', 3],
      ['command', 2],
    ])
    expect(removeSecrets(value).removed).toEqual([])
  })

  it('the header too is free of secrets, and a note says where one was', () => {
    const text = `apiVersion: sightline/v1
kind: Topology
clusters:
  - name: west
    rootCertificates:
      - ${JSON.stringify(certificate + framed())}
controlPlanes:
  - name: west
    flags: { SOME_API_TOKEN: ${canary}, PILOT_ENABLE_ALPN_FILTER: "false" }
    meshConfig: { defaultConfig: { tracing: { lightstep: { accessToken: ${canary} } } } }
`
    const ingested = taken(readYaml(text, 'topology.yaml'))
    expect(everything(ingested)).not.toContain(canary)
    expect(ingested.header.clusters[0]?.rootCertificates?.[0]).toContain(certificate.trim())
    expect(ingested.header.controlPlanes?.[0]?.flags).toEqual({ SOME_API_TOKEN: '', PILOT_ENABLE_ALPN_FILTER: 'false' })
    expect(ingested.notes).toMatchObject([
      { code: 'SECRET_REMOVED', path: 'clusters[0].rootCertificates[0]', source: { file: 'topology.yaml' } },
    ])
  })
})

describe('what is left of a Secret', () => {
  const reduced = (object: RawObject): RawObject | undefined => stored(taken(readJson(withObjects(object))))[0]

  it('keys, type and every certificate of a chain (MODEL-20)', () => {
    const chain = `${certificate}bag attributes\n${certificate}`
    expect(reduced(secret({ type: 'Opaque', data: { 'cert-chain.pem': base64(chain), 'ca-key.pem': base64(framed()) } }))).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'Opaque',
      metadata: { name: 'a', namespace: 'shop', labels: {} },
      data: { 'cert-chain.pem': base64(certificate + certificate), 'ca-key.pem': '' },
    })
  })

  it('the cluster IDs of a remote secret, with the host of each API server (MODEL-20)', () => {
    const second = JSON.stringify({ kind: 'Config', clusters: [{ cluster: { server: 'https://[2001:db8::1]:6443/' } }] })
    const object = secret({ data: { east: base64(kubeconfig), south: base64(second), odd: base64('x') } }, { 'istio/multiCluster': 'true' })
    expect(reduced(object)).toMatchObject({
      data: { east: '', south: '', odd: '' },
      remoteClusters: { east: 'https://203.0.113.5:6443', south: 'https://[2001:db8::1]:6443' },
    })
  })

  it('no API server of a Secret that is not labelled as a remote secret', () => {
    expect(reduced(secret({ data: { east: base64(kubeconfig) } }))).not.toHaveProperty('remoteClusters')
  })

  it('a note that names object and key', () => {
    const { notes } = taken(
      readYaml(yamlDocument('      - { apiVersion: v1, kind: Secret, metadata: { name: a }, data: { k: Yg== } }\n'), 'f.yaml'),
    )
    expect(notes).toEqual([
      {
        code: 'SECRET_REMOVED',
        severity: 'INFO',
        message: 'removed before storing: `data.k`',
        resource: { cluster: 'west', kind: 'Secret', namespace: 'default', name: 'a' },
        path: 'data.k',
        source: { file: 'f.yaml', line: 6 },
        istio: [],
        kiali: [],
        help: '/rules/SECRET_REMOVED',
      },
    ])
  })
})

describe('what is no secret stays as it came', () => {
  it.each<readonly [string, RawObject]>([
    [
      'environment that only mentions secrets',
      deployment({
        env: [
          { name: 'TOKEN_AUDIENCES', value: 'istio-ca' },
          { name: 'PASSWORD_FILE', value: '/run/p' },
          { name: 'ENABLE_TOKEN', value: 'true' },
          { name: 'API_TOKEN', value: '$(OTHER)' },
        ],
      }),
    ],
    ['references to Secrets', deployment({ env: [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }] })],
    [
      'Istio’s own environment',
      deployment({
        env: [
          { name: 'JWT_POLICY', value: 'third-party-jwt' },
          { name: 'ISTIO_META_NETWORK', value: 'network1' },
          { name: 'PILOT_CERT_PROVIDER', value: 'istiod' },
        ],
      }),
    ],
    [
      'mesh configuration',
      configMap({
        mesh: 'trustDomain: cluster.local\nrootNamespace: istio-system\ndefaultConfig:\n  discoveryAddress: istiod.istio-system.svc:15012\n  proxyMetadata:\n    ISTIO_META_DNS_CAPTURE: "true"\n',
        meshNetworks: 'networks: {}',
      }),
    ],
    [
      'files of a DestinationRule',
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'DestinationRule',
        metadata: { name: 'a', namespace: 'shop' },
        spec: {
          host: 'a',
          trafficPolicy: {
            tls: { mode: 'MUTUAL', privateKey: '/etc/certs/key.pem', clientCertificate: '/etc/certs/cert.pem', credentialName: 'client' },
          },
        },
      },
    ],
    [
      'a match on a cookie',
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'VirtualService',
        metadata: { name: 'a', namespace: 'shop' },
        spec: { http: [{ match: [{ headers: { cookie: { regex: '^(.*?;)?(user=jason)(;.*)?$' } } }] }] },
      },
    ],
    [
      'public keys of a token issuer',
      {
        apiVersion: 'security.istio.io/v1',
        kind: 'RequestAuthentication',
        metadata: { name: 'a', namespace: 'shop' },
        spec: {
          jwtRules: [{ issuer: 'a', jwks: '{"keys":[{"kty":"RSA","e":"AQAB","n":"sXchDaQebHnPiGvyDOAT4saGEUetSyo9MKLOoWFsueri"}]}' }],
        },
      },
    ],
    ['an image digest', deployment({ image: `registry.example/web@sha256:${'0123456789abcdef'.repeat(4)}` })],
    ['a webhook’s CA bundle', custom({ webhooks: [{ clientConfig: { caBundle: base64(certificate) } }] })],
    [
      'names that begin like tokens',
      deployment({ name: 'npm-registry-proxy-cache-1', image: 'hf-transformers-inference/sk-learn-serving-image:1' }),
    ],
    ['a description', custom({ description: 'Basic authentication and bearer tokens are read from a Secret.' })],
  ])('%s', (_title, object) => {
    expect(removeSecrets(object)).toEqual({ value: object, removed: [] })
  })
})
