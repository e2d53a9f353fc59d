import { ann, cm, cmd, cr, env, vs } from './manifest-makers.js'

const digest = '3b7e4c0a9d5f1e28b6c4a7d0f3e5927181a2b3c4d5e6f708192a3b4c5d6e7f80'
const uuid = '3f2504e0-4f89-11d3-9a0c-0305e82c3301'

const commands = [
  'export TOKEN=$(cat /var/run/secrets/token)',
  'TOKEN=`cat /token`; curl -H "Authorization: Bearer $TOKEN" h',
  'PASSWORD="$(cat /run/secrets/pw)"; : "${DB_PASSWORD:?must be set}"',
  'id -u nobody:nogroup',
  'mysql -u root -p shop',
  'htpasswd -cb /f admin "$PASSWORD"',
  'vault operator unseal "$KEY"',
  'vault login -method=kubernetes role=shop',
  'mc alias set m http://h "$ACCESS" "$SECRET"',
  'aws configure set region eu-west-1',
  'unzip -o a.zip; zip -r a.zip b',
  'openssl req -new -key /etc/tls.key -out x.csr',
]
const texts: Readonly<Record<string, string>> = {
  'oidc.config': 'clientSecret: $oidc.okta.clientSecret\n',
  'service.slack': 'token: $slack-token\n',
  'service.webhook': 'headers:\n- name: Authorization\n  value: Basic $x-token\n',
  objects: '- objectName: "db-password"\n  secretPath: "secret/data/db"\n  secretKey: "password"\n',
  'a.py': 'token = os.environ.get("DB_PASSWORD")\nif token == expected_token:\n    pass\npassword: str = field(default="")\n',
  'a.js': 'const secretKey = await getSecret("db")\n',
  'a.tf': 'secret_id = aws_secretsmanager_secret.db.id\n',
  'a.sql': 'SELECT password FROM users WHERE token = $1;\n',
  'log.conf': 'token=%X{token} user=%X{user}\n',
  'en.json': '{"token":"Your token is invalid","api_key":"API key"}',
  'README.md': '- password: required\n- token: optional, issued by the portal\n',
  'ci.yml': 'permissions:\n  id-token: write\n',
  'docker-compose.yml': 'secrets: [db]\n',
  'auth.yaml': 'tokens:\n  access: {ttl: 15m}\nsecrets:\n- db-credentials\n- name: x\n',
  'policy.json': JSON.stringify({ cookie: { name: 'sid' }, passwordPolicy: { minLength: 12, regex: '^.{12,}$' } }),
  'fluent.conf': 'key token\npattern /password=.*/\n',
  'httpd.conf': 'LogFormat "token=%{token}i auth=%u"\n',
  'limits.yaml': 'passwords:\n  minLength: 12\n  policy: strict\n',
  'nginx.conf': 'add_header Set-Cookie "lang=de; Path=/";\nif ($cookie_session != "on") { return 302 /login; }\n',
}

/** What a name lets suspect and is none: references in other forms, names of keys and cookies, digests, patterns and sentences. */
export const referenceLookAlikes: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(commands.map((line) => [line, cmd('sh', '-c', line)])),
  ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [`text of ${name}`, cm({ [name]: text })])),
  placeholder: env('DB_PASSWORD', '<path:secret/data/shop#password>'),
  tokenHash: env('TOKEN_HASH', `sha256:${digest}`),
  tokenArgument: cmd('run', '--token=$(cat /var/run/token)'),
  externalSecret: cr({ data: [{ secretKey: 'DB_PASSWORD', remoteRef: { key: 'shop/db', property: 'password' } }] }),
  digests: cr({ secretHash: digest, tokenHash: digest, observedSecretHash: digest, passwordVersion: uuid, tokenId: uuid }),
  secretHash: ann({ 'secret-hash': digest, 'checksum/secret-env': digest }),
  jwtKey: ann({ 'nginx.org/jwt-key': 'cafe-jwk' }),
  datadog: ann({ 'ad.datadoghq.com/pg.instances': '[{"username":"dd","password":"%%env_DD_PG_PASSWORD%%"}]' }),
  tracking: ann({ 'argocd.argoproj.io/tracking-id': 'shop:v1/Secret:shop/db-credentials' }),
  pullSecret: ann({ 'argocd-image-updater.argoproj.io/x.pull-secret': 'pullsecret:argocd/regcred' }),
  image: ann({ 'image.openshift.io/triggers': '[{"from":{"kind":"ImageStreamTag","name":"token:latest"}}]' }),
  cookieOfChoice: vs({ headers: { response: { add: { 'set-cookie': 'canary=true; Path=/; Max-Age=3600' } } } }),
  routePattern: cr({ matches: [{ headers: [{ name: 'authorization', type: 'RegularExpression', value: '^Bearer .+' }] }] }),
  policy: {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'a' },
    spec: {
      rules: [
        {
          when: [
            { key: 'request.headers[authorization]', values: ['Bearer *'] },
            { key: 'request.headers[cookie]', values: ['*group=canary*'] },
          ],
        },
      ],
    },
  },
  cookies: cr({ cookies: ['session', 'csrf_token'] }),
  allowedCookies: env('ALLOWED_COOKIES', 'session,csrf'),
  keyOfNumber: cr({ data: [{ secretKey: 'GITHUB_APP_PRIVATE_KEY_2' }] }),
  fromCookies: cr({ fromCookies: ['session_token'] }),
  cookieNames: cr({ cookie_names: { bearer_token: 'BearerToken', id_token: 'IdToken' } }),
  keySource: cr({ key_sources: [{ cookie: 'api_key' }] }),
  tag: cr({ request_token: { value: "request.headers['x-token-kind']" } }),
  missing: cr({ on_header_missing: { key: 'token', value: 'absent' } }),
  statsTag: cr({ regex: '(token=([a-z]+);)' }),
  luaFile: cr({ inlineCode: 'local secret = readSecret("/etc/secret")\n' }),
  files: cr({ secretGenerator: [{ files: ['tls.key=certs/tls.key'] }] }),
  count: cr({ passwords: 3 }),
  maps: cr({
    tokens: { header: 'x-token', required: true },
    passwords: { existingSecret: 'pw', key: 'password' },
    secrets: { db: 'db-credentials' },
  }),
}
