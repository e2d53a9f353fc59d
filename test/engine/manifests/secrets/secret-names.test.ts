import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText, type TextReading } from '#engine/manifests/secrets/clean-text'
import { hidesSecret } from '#engine/manifests/secrets/hides-secret'
import { isHarmlessValue, isSecretValue } from '#engine/manifests/secrets/is-harmless-value'
import { certificateBlocks, reduceSecret } from '#engine/manifests/secrets/reduce-secret'
import { removeSecrets } from '#engine/manifests/secrets/remove-secrets'
import { suspicionOf } from '#engine/manifests/secrets/suspicion-of'
import { base64, canary, certificate, framed, kubeconfig } from '../secret-carriers.js'

const ignore = (): void => undefined

describe('a name says that its value is a secret', () => {
  it.each([
    'password',
    'dbPassword',
    'DB_PASSWORD1',
    'PGPASSWORD',
    'token',
    'accessToken',
    'client_secret',
    'apiKey',
    'X-Api-Key',
    'signing-key',
    'AWS_SECRET_ACCESS_KEY',
    'client-key-data',
    'spring.datasource.password',
    'request.headers[x-api-key]',
    'MYSQL_ROOT_PW',
    'password-hex',
  ])('such as `%s`', (name) => expect(suspicionOf(name, 'FIELD')).toBe('ALWAYS'))

  it.each([
    'secretName',
    'tokenAudiences',
    'TOKEN_AUDIENCES',
    'PASSWORD_FILE',
    'PASSWORD_MIN_LENGTH',
    'publicKey',
    'SSH_PUBLIC_KEY',
    'topologyKey',
    'NODE_LABEL_KEY',
    'PARTITION_KEY',
    'max_tokens',
    'proxy_pass',
    'BYPASS',
    'MONKEY',
    'key',
  ])('but not where it stands or what it is like, as `%s` does', (name) => {
    expect(suspicionOf(name, 'FIELD')).toBeUndefined()
    expect(isSecretValue(suspicionOf(name, 'SETTING') ?? 'IF_GENERATED', 'customer_id')).toBe(false)
  })

  it('by where it stands: a field may name the Secret, a variable is one', () => {
    expect(suspicionOf('secret', 'FIELD')).toBe('UNLESS_NAME')
    expect(suspicionOf('X_SECRET', 'SETTING')).toBe('ALWAYS')
    expect(suspicionOf('authorization', 'FIELD')).toBe('UNLESS_WORD')
    expect(suspicionOf('authorization', 'HEADER')).toBe('ALWAYS')
    expect(suspicionOf('DOOR_KEY', 'SETTING')).toBe('IF_GENERATED')
  })
})

describe('a value of such a name is none', () => {
  it.each([
    '',
    'true',
    'none',
    '$(DB_PASSWORD)',
    '${DB_PASSWORD}',
    '{{ .Values.password }}',
    '/etc/secret/password',
    './token',
    'tls.key',
    'Bearer ${TOKEN}',
    '%REQ(x-token)%',
    'vault:secret/data/db#password',
    'handle:headers():get("x-token")',
    '********',
  ])('where it is `%s`', (value) => expect(isHarmlessValue(value)).toBe(true))

  it.each([
    'hunter2',
    'true1',
    '$(A)$(B',
    '/etc/a b',
    `/${'a'.repeat(300)}b1C2d3E4f5G6h7I8`,
    '${PASSWORD:hunter2}',
    '/wJalrXUtnFEMIK7MDENGbPxRfiCY3XAMPL3K3Y',
  ])('but `%s` may be one', (value) => expect(isHarmlessValue(value)).toBe(false))
})

describe('a text', () => {
  it.each([
    ['a private key', `before ${framed()}after`, 'before after'],
    ['credentials of an address', `https://u:${canary}@host/x`, 'https://host/x'],
    ['a text that is short', 'a: b', 'a: b'],
    ['an address without credentials', 'https://host:8443/x@y', 'https://host:8443/x@y'],
  ])('is cleaned of %s', (_, text, clean) => {
    expect(cleanText(text, { reading: 'PROSE' }, ignore)).toBe(clean)
    expect(cleanText(clean, { reading: 'PROSE' }, ignore)).toBe(clean)
  })

  it('that assigns a password loses it where settings are written, and keeps everything else', () => {
    const clean = cleanText(`user=a\npassword = ${canary}\nport=1`, { reading: 'SETTINGS' }, ignore)
    expect(clean).toBe('user=a\npassword = \nport=1')
  })
})

describe('cleaning', () => {
  const names = ['password', 'token', 'api_key', 'PGPASSWORD', 'name', 'value', 'secret', 'Cookie', 'Authorization', 'user', 'kind: ']
  const marks = [
    '=',
    ': ',
    ':',
    ' = ',
    ' ',
    '\n',
    '  ',
    '- ',
    '"',
    "'",
    '&',
    '&&',
    ';',
    ',',
    '[',
    ']',
    '{',
    '}',
    '|',
    '>',
    '\\',
    '#',
    '(',
    ')',
  ]
  const values = ['x', 'cmd', 'true', '$X', 'a1B2c3D4e5F6g7H8', 'Bearer ', 'a:b', 'https://u:p4ss@h/x', '?token=abc1', '--password', '-p']
  const forms = ['mysql ', 'curl -u ', 'redis-cli -a ', '<password>', '</password>', 'machine h login l password z ', 'user joe >pw1']
  const pieces = [...names, ...marks, ...values, ...forms]
  const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((chosen) => chosen.join(''))

  it('once is enough, whatever stands beside what goes', () => {
    const twice = (text: string, reading: TextReading, isAddress: boolean): void => {
      const clean = cleanText(text, { reading, isAddress }, ignore)
      expect(cleanText(clean, { reading, isAddress }, ignore)).toBe(clean)
    }
    fc.assert(fc.property(texts, fc.constantFrom<TextReading>('PROSE', 'SETTINGS'), fc.boolean(), twice), { numRuns: 3000 })
  })

  it.each([
    ['password=x cmd', 'password="" cmd'],
    [`export TOKEN=${canary} && run`, 'export TOKEN="" && run'],
    [`token: ${canary} of nobody`, 'token: "" of nobody'],
  ])('leaves the words after `%s`', (text, clean) => expect(cleanText(text, { reading: 'PROSE' }, ignore)).toBe(clean))

  it('of a text that never comes to rest leaves nothing that was secret', () =>
    expect(cleanText('password='.repeat(40) + canary, { reading: 'SETTINGS' }, ignore)).not.toContain(canary))
})

describe('a token goes by its form', () => {
  const word = 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9fG1hJ3kL5mN7pQ9rS1tU3vW5x'
  const hex = '0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6071'
  const uuid = '3f2504e0-4f89-11d3-9a0c-0305e82c3301'

  it.each([
    ['AK', 'IAQWERTYUIOPASDFGH'],
    ['AK', `LT${word.slice(0, 44)}`],
    ['AQ', `VN${word.slice(0, 36)}`],
    ['s', `.${word.slice(0, 24)}`],
    ['xsmtp', `sib-${hex}-${word.slice(0, 16)}`],
    ['re', `_${word.slice(0, 8)}_${word.slice(0, 24)}`],
    ['sk', `-lf-${uuid}`],
    ['sk', `_${hex}`],
    ['nv', `api-${word}`],
    ['pc', `sk_${word}`],
    ['tv', `ly-dev-${word.slice(0, 32)}`],
    ['cs', `k-${word.toLowerCase()}`],
    ['fw', `_${word.slice(0, 24)}`],
    ['tg', `p_v1_${word.slice(0, 43)}`],
    ['wan', `db_v1_${word}`],
    ['KG', `AT_${hex.slice(0, 32)}`],
    ['rn', `d_${word.slice(0, 32)}`],
    ['vercel', `_blob_rw_${word.slice(0, 16)}_${word.slice(0, 30)}`],
    ['AV', `NS_${word.slice(0, 20)}`],
    ['na', `pi_${word.toLowerCase()}`],
    ['CC', `DB1_${word.slice(0, 22)}_${word.slice(0, 40)}`],
    ['tk', `-us-${word.slice(0, 48)}`],
    ['pn', `u_${word.slice(0, 36)}`],
    ['md', `b_sa_sk_${word.slice(0, 40)}`],
    ['sn', `yk_uat.0a1b2c3d.${word}`],
    ['pa', `t-na1-${uuid}`],
    ['ph', `x_${word.slice(0, 43)}`],
    ['ai', `o_${word.slice(0, 28)}`],
    ['AP', 'I-ABCDEFGHIJKLMNOPQRSTUVWXY1'],
    ['pe', `rm:cm9vdA==.eA==.${word.slice(0, 30)}`],
    ['ship', `po_live_${hex.slice(0, 40)}`],
    ['at', `_${word.slice(0, 10)}_s1${word}`],
    ['ey', `JhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..${word.slice(0, 16)}.${word.slice(0, 40)}`],
  ])('that begins with %s', (begin, rest) => {
    expect(cleanText(`use ${begin}${rest} here`, { reading: 'PROSE' }, ignore)).not.toContain(rest.slice(-12))
  })
})

describe('a cookie', () => {
  const probe = (value: string) => ({ httpGet: { httpHeaders: [{ name: 'Cookie', value }] } })

  it.each(['shop_session-id=x-liveness-probe', 'user=test; session=probe', 'session=${SESSION}'])('of plain words stays: %s', (value) =>
    expect(removeSecrets(probe(value)).removed).toEqual([]),
  )

  it.each([`session=${canary}`, `user=test; session=${canary}`, canary, 'session=8f14e45f'])('of anything else goes: %s', (value) =>
    expect(removeSecrets(probe(value)).value).toEqual(probe('')),
  )
})

describe('base64', () => {
  const of = (...bytes: readonly number[]) => base64(Uint8Array.from([...bytes, ...Array<number>(20).fill(0)]))
  const never = () => false

  it.each([
    ['compressed content', of(0x1f, 0x8b), true],
    ['a key store', of(0xfe, 0xed, 0xfe, 0xed), true],
    ['a private key, of the short form of a length', of(0x30, 0x20, 0x02, 0x01, 0x00), true],
    ['a private key, of the long form', of(0x30, 0x82, 1, 0, 0x02, 0x01, 0x01), true],
    ['a certificate', of(0x30, 0x82, 1, 0, 0x30, 0x82), false],
    ['text', base64('nothing of interest here'), false],
  ])('of %s hides a secret: %s', (_, text, expected) => expect(hidesSecret(Buffer.from(text, 'base64'), never)).toBe(expected))

  it('of text is looked into, of bytes is not', () => {
    expect(hidesSecret(Buffer.from(canary), (text) => text === canary)).toBe(true)
    expect(hidesSecret(Buffer.from(of(1, 2, 3), 'base64'), () => true)).toBe(false)
  })
})

describe('a Secret', () => {
  const reduced = (fields: Readonly<Record<string, unknown>>) => {
    const removed: string[] = []
    const value = reduceSecret({ apiVersion: 'v1', kind: 'Secret', ...fields }, (path) => removed.push(path.join('.')))
    return { value, removed }
  }

  it('keeps its keys and certificates, and tells of what was taken', () => {
    const { value, removed } = reduced({ type: 'x', data: { crt: base64(certificate), key: base64(framed()), none: null }, other: canary })
    expect(value).toEqual({ apiVersion: 'v1', kind: 'Secret', type: 'x', data: { crt: base64(certificate), key: '', none: '' } })
    expect(removed).toEqual(['data.key'])
  })

  it('keeps no private key under the heading of a certificate', () => {
    expect(certificateBlocks(framed('CERTIFICATE', base64(Uint8Array.from([0x30, 0x20, 0x02, 0x01, 0x00]))))).toBe('')
    expect(certificateBlocks(`${certificate}${canary}\n${certificate}`)).toBe(`${certificate}${certificate}`)
  })

  it.each([
    ['istio/multiCluster', 'true', { east: 'https://203.0.113.5:6443' }],
    ['istio/multiCluster', 'false', undefined],
    ['app', 'true', undefined],
  ])('with label %s=%s tells the API servers %o (MODEL-20)', (label, word, servers) => {
    const { value } = reduced({ metadata: { labels: { [label]: word } }, data: { east: base64(kubeconfig), north: '' } })
    expect(value['remoteClusters']).toEqual(servers)
    expect(JSON.stringify(value)).not.toContain(canary)
  })

  it('reduced once more stays as it is', () => {
    const { value } = reduced({ metadata: { labels: { 'istio/multiCluster': 'true' } }, data: { east: base64(kubeconfig) } })
    expect(reduceSecret(value, () => expect.unreachable())).toEqual(value)
  })
})

describe('an object without secrets', () => {
  it('is the same object, parts and all', () => {
    const object = { kind: 'Service', metadata: { annotations: { a: 'b' } }, spec: { ports: [{ port: 80 }] } }
    const { value, removed } = removeSecrets(object)
    expect(value).toBe(object)
    expect(removed).toEqual([])
  })

  it('that shares parts with one that has some keeps them', () => {
    const shared = { env: [{ name: 'A', value: 'a' }] }
    const { value, removed } = removeSecrets({ first: shared, second: { password: canary } })
    expect(value.first).toBe(shared)
    expect(value.second.password).toBe('')
    expect(removed).toEqual([{ path: ['second', 'password'], kind: 'NAMED_VALUE' }])
  })
})
