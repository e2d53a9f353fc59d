import { ann, C, cm, cr, env } from './manifest-makers.js'

const names =
  'VAULT_SECRET_ID VAULT_DEV_ROOT_TOKEN_ID TOTP_SEED PASS_PHRASE PASS_WORD passWord UserPassWord AUTH_HEADER PASSKEY azurestorageaccountkey GOOGLEAPIKEY TOKEN_GITHUB PASSWORD_ADMIN SECRET_STRIPE PASSWORD_FOR_DB API_KEY_US DB_PASSWORD_READONLY BASIC_AUTH_USERS SENHA WACHTWOORD KENNWORT PRIMARY_ACCESS_KEY CONFIG_API_KEY GOSSIP_ENCRYPT STOREPASS ADMIN_PASSWORD_HASH CACHE_ENCRYPTION_KEY ROUTING_KEY'
const header = (name: string) => cr({ httpGet: { httpHeaders: [{ name, value: C }] } })

/** Names that say so by another word than their last, written as one, in other languages, or beside the value in another member. */
export const nameCarriers: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(names.split(' ').map((name) => [`env ${name}`, env(name, C)])),
  jwtAssertion: header('X-Jwt-Assertion'),
  restuserkey: cr({ parameters: { restuserkey: C } }),
  parameterKey: cr({ parameters: [{ parameterKey: 'DbPassword', parameterValue: C }] }),
  fieldAndValue: cr({ settings: [{ field: 'password', value: C }] }),
  idAndValue: cr({ settings: [{ id: 'token', value: C }] }),
  variableAndValue: cr({ vars: [{ variable: 'TOKEN', value: C }] }),
  patchOfPath: cr({ patches: [{ op: 'replace', path: '/spec/token', value: C }] }),
  patchText: cr({ patch: `- op: replace\n  path: /data/password\n  value: ${C}\n` }),
  patchJson: cr({ patch: JSON.stringify([{ op: 'add', path: '/spec/apiKey', value: C }]) }),
  environmentTag: cr({ customTags: { t: { environment: { name: 'API_TOKEN', defaultValue: C } } } }),
  schemaDefault: cr({ properties: { password: { type: 'string', default: C, example: C } } }),
  rawValue: cr({ request_headers_to_add: [{ header: { key: 'x-api-key', raw_value: Buffer.from(C).toString('base64') } }] }),
  apiKeyAuth: cr({ credentials: [{ key: C, client: 'a' }], key_sources: [{ header: 'x-api-key' }] }),
  keyAuth: cr({ keyAuth: { value: { key: C } } }),
  authKey: cr({ auth: [{ type: 'apiKey', key: C }] }),
  passwordsOfRedis: cr({ downstream_auth_passwords: [{ inline_string: C }] }),
  mapOfPasswords: cr({ passwords: { alice: C, bob: 'hunter2' } }),
  mapOfTokens: cr({ tokens: { ci: C } }),
  mapOfKeys: cr({ apiKeys: { alice: C } }),
  mapOfSecrets: cr({ secrets: { stripe: C } }),
  listOfTokens: cr({ tokens: [{ name: 'ci', value: C }] }),
  listOfSecrets: cr({ secrets: [{ name: 'stripe', value: C }] }),
  secureJsonData: cr({ secureJsonData: { httpHeaderValue1: C } }),
  secureJsonDataText: cm({ 'a.yaml': `- name: x\n  secureJsonData:\n    httpHeaderValue1: ${C}\n` }),
  yamlPasswords: cm({ 'a.yaml': `passwords:\n  alice: ${C}\n  bob: x\n` }),
  yamlTokens: cm({ 'a.yaml': `tokens:\n- name: ci\n  value: ${C}\n` }),
  jsonPasswords: cm({ 'a.json': JSON.stringify({ passwords: { alice: C } }) }),
  jsonCredentials: cm({ 'realm.json': JSON.stringify({ credentials: [{ type: 'password', value: C }] }, null, 2) }),
  tomlTokens: cm({ 'a.toml': `[tokens]\nci = "${C}"\n` }),
  hclTokens: cm({ 'a.hcl': `acl {\n  tokens {\n    agent = "${C}"\n  }\n}\n` }),
  jwkYaml: cm({ 'a.yaml': `jwk:\n  kty: EC\n  crv: P-256\n  x: abc\n  d: ${C}\n` }),
  jwkFlow: cr({ jwks: `{ keys: [ { kty: OKP, crv: Ed25519, x: abc, d: ${C} } ] }` }),
  passwordHash: cm({ 'users.xml': `<password_sha256_hex>${C}</password_sha256_hex>` }),
  annotationName: ann({ 'x.io/token-github': C }),
}
