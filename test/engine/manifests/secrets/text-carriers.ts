import { ann, C, cm, cr, env } from './manifest-makers.js'

const lua = (inlineCode: string) => cr({ inlineCode })
const texts: Readonly<Record<string, string>> = {
  'a.js': `const token = process.env.TOKEN || '${C}'\n`,
  'b.js': `db.auth("a", "${C}")\n`,
  'a.py': `requests.get(u, auth=("u", "${C}"))\n`,
  'b.py': `password: str = "${C}"\n`,
  'c.py': `TOKEN = os.environ.get("TOKEN") or "${C}"\n`,
  'a.rb': `config.api_key = "${C}"\n`,
  'a.tpl': `password: {{ .Values.password | default "${C}" }}\n`,
  'a.tf': `variable "db_password" {\n  type = string\n  default = "${C}"\n}\n`,
  'a.sbt': `credentials += Credentials("Realm", "host", "u", "${C}")\n`,
  'a.ps1': `$p = ConvertTo-SecureString "${C}" -AsPlainText -Force\n`,
  '.curlrc': `user = "u:${C}"\n`,
  '.netrc': `default login u password ${C}\n`,
  'haproxy.cfg': `stats auth admin:${C}\n`,
  'sentinel.conf': `sentinel auth-pass mymaster ${C}\n`,
  'squid.conf': `cache_peer h parent 3128 0 login=u:${C}\n`,
  'init.sql': `SET PASSWORD FOR 'a'@'%' = '${C}';\n`,
  'old.sql': `SET PASSWORD FOR 'a'@'%' = PASSWORD('${C}');\n`,
  'fluent-bit.conf': `[OUTPUT]\n    Name http\n    Header X-Api-Key ${C}\n`,
  'jaas.conf': `Server {\n  org.apache.zookeeper.server.auth.DigestLoginModule required\n  user_super="${C}";\n};\n`,
  'alertmanager.yml': `pagerduty_configs:\n- routing_key: ${C}\n`,
  'README.md': `| api_key | ${C} |\n`,
  'gson.json': `{"x":"password\\u003d${C}"}`,
  key: `-----BEGIN_PRIVATE_KEY-----_${C}_-----END_PRIVATE_KEY-----`,
}
const addresses = [
  `//u:${C}@git.shop/x.git`,
  `https://contoso.webhook.office.com/webhookb2/0a1b@0c/IncomingWebhook/${C}/0d`,
  `https://collectors.sumologic.com/receiver/v1/http/${C}`,
  `https://logs-01.loggly.com/inputs/${C}/tag/http/`,
  `https://kuma.example/api/push/${C}?status=up`,
  `{"u":"https://h/x?a\\u003d1\\u0026token\\u003d${C}"}`,
]

export const textCarriers: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [`text of ${name}`, cm({ [name]: text })])),
  ...Object.fromEntries(addresses.map((address) => [address.replaceAll(C, '…'), env('U', address)])),
  luaComparison: lua(`if h:headers():get("x-api-key") ~= "${C}" then return end`),
  luaLongText: lua(`local secret = [[${C}]]`),
  nginxComparison: ann({ 'nginx.ingress.kubernetes.io/server-snippet': `if ($http_x_api_key != "${C}") { return 403; }` }),
  nginxVariable: ann({ 'nginx.ingress.kubernetes.io/server-snippet': `set $api_key "${C}";` }),
}
