import { ann, cm, cmd, cr, env, vs } from './manifest-makers.js'

export const lookAlikes: Readonly<Record<string, unknown>> = {
  spring: cm({ 'a.yml': 'password: ${DB_PASSWORD}\nurl: jdbc:postgresql://${HOST}:5432/db\n' }),
  helm: cm({ a: 'password: {{ .Values.password | quote }}\n' }),
  gh: cm({ a: 'token: ${{ secrets.GITHUB_TOKEN }}\n' }),
  luaok: cr({ inlineCode: 'local token = h:headers():get("authorization")\nif token == nil then return end\n' }),
  es: cm({
    'e.yaml':
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nspec:\n  data:\n  - secretKey: password\n    remoteRef:\n      key: shop/db\n',
  }),
  imgs: cr({ imagePullSecrets: ['a', 'b'], secrets: [{ name: 'x-token-abcde' }] }),
  spiffe: cr({ principals: ['spiffe://cluster.local/ns/a/sa/token-service'] }),
  uuid: cr({ id: '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9', resourceVersion: '123456789' }),
  pull: cr({ imagePullSecret: 'regcred', tlsSecret: 'a/b-tls', existingSecret: 'my-db', secretName: 'x' }),
  ing: ann({
    'nginx.ingress.kubernetes.io/auth-secret': 'ns/basic-auth',
    'nginx.ingress.kubernetes.io/auth-tls-secret': 'default/ca-secret',
    'nginx.ingress.kubernetes.io/affinity': 'cookie',
    'nginx.ingress.kubernetes.io/auth-url': 'https://auth.example/verify?rd=$request_uri',
    'cert-manager.io/private-key-algorithm': 'ECDSA',
  }),
  strimzi: cr({ authorization: { type: 'simple' }, authentication: { type: 'tls' } }),
  git: cr({ repo: 'git@github.com:a/b.git', url: 'ssh://git@github.com/a/b' }),
  dr: cr({ consistentHash: { httpCookie: { name: 'user', ttl: '0s' } } }),
  openapi: cr({
    properties: { password: { type: 'string', minLength: 8 }, token: { type: 'string', description: 'the token of the user, see docs' } },
  }),
  ns: cr({ tolerations: [{ key: 'example.com/token', operator: 'Equal', value: 'true' }], key: 'password' }),
  llm: cr({ maxTokens: 4096, tokens: 100, max_tokens: 4096 }),
  nginx: cm({
    'n.conf':
      'server {\n  proxy_pass http://backend;\n  proxy_set_header Authorization $http_authorization;\n  ssl_password_file /etc/x;\n}\n',
  }),
  injector: cm({
    config:
      'spec:\n  imagePullSecrets:\n  {{- range .Values.global.imagePullSecrets }}\n  - name: {{ . }}\n  {{- end }}\n  volumes:\n  - name: istio-token\n    projected:\n      sources:\n      - serviceAccountToken:\n          path: istio-token\n          audience: {{ .Values.global.sds.token.aud }}\n',
  }),
  values: cm({ values: '{"global":{"sds":{"token":{"aud":"istio-ca"}},"imagePullSecrets":[],"jwtPolicy":"third-party-jwt"}}' }),
  email: cr({ subjects: [{ kind: 'User', name: 'oidc:alice@example.com' }], members: ['user:bob@example.com'] }),
  digest: cr({
    image: 'r.io/a/b:1.2@sha256:' + '0123456789abcdef'.repeat(4),
    imageID: 'docker-pullable://r.io/a@sha256:' + 'ab12'.repeat(16),
  }),
  arn: env('DB_SECRET', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf'),
  vault: env('DB_PASSWORD', 'vault:secret/data/db#password'),
  stripe: env('STRIPE_PUBLISHABLE_KEY', 'pk_live_' + 'a1B2'.repeat(6)),
  pub: env('SSH_PUBLIC_KEY', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGq3r0Zx8vQm7rT5 a@b'),
  crdText: cm({
    'c.yaml':
      'openAPIV3Schema:\n  properties:\n    password:\n      type: string\n      description: |\n        the password of the user\n',
  }),
  prose: cm({ 'R.md': '# Tokens\n\nPassword reset\n\nUse a token: it is issued by the portal and lasts an hour.\n' }),
  dns: cr({ hosts: ['token.example.com', 'secret-service.shop.svc.cluster.local'] }),
  commit: ann({ 'app.kubernetes.io/revision': 'deadbeef'.repeat(5), 'checksum/secret': 'ab12'.repeat(16) }),
  grpc: vs({ match: [{ headers: { 'x-session-id': { regex: '.*' }, authorization: { regex: '^Bearer .+' } } }] }),
  sess: cr({ cookieName: 'session', sessionCookie: 'JSESSIONID' }),
  job: cmd('sh', '-c', 'curl -H "Authorization: Bearer $TOKEN" https://x; mysql -u root -p"$MYSQL_PASSWORD"'),
  port: cmd('kubectl', 'port-forward', '-p', '8080'),
  dock: cmd('docker', 'run', '-p', '8080:80'),
  dockl: cmd('sh', '-c', 'docker run -p 8080:80 x && mkdir -p /data/x'),
  pgrep: cmd('sh', '-c', 'mysqld --user=mysql -P 3306; mkdir -p /var/lib/mysql'),
}
