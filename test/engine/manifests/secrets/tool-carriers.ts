import { b64, C, cm, cmd, cr, env } from './manifest-makers.js'

export const toolCarriers: Readonly<Record<string, unknown>> = {
  docker: cm({ Dockerfile: `ENV DB_PASSWORD ${C}` }),
  sql: cm({ 'i.sql': `CREATE USER x WITH PASSWORD '${C}';` }),
  sql2: cm({ 'i.sql': `CREATE USER x IDENTIFIED BY '${C}';` }),
  sql3: cm({ 'i.sql': `ALTER ROLE x PASSWORD '${C}'` }),
  wg: cm({ 'wg0.conf': `[Interface]\nPrivateKey = ${b64(C)}\n` }),
  ps2: cm({ c: `x (password: ${C})` }),
  wifi: cm({ w: `psk="${C}"` }),
  alert: cm({ 'alertmanager.yml': `global:\n  smtp_auth_password: ${C}\n  slack_api_url: https://hooks.slack.com/services/T/B/${C}\n` }),
  prom: cm({ 'p.yml': `basic_auth:\n  username: u\n  password: ${C}\nbearer_token: ${C}\nauthorization:\n  credentials: ${C}\n` }),
  dex: cm({
    'd.yaml': `staticClients:\n- id: x\n  secret: ${C}\nstaticPasswords:\n- email: a\n  hash: "$2a$10$${C}aaaaaaaaaaaaaaaaaaaaaaaaaaaa"\n`,
  }),
  oauth2proxy: cmd('oauth2-proxy', `--cookie-secret=${C}`, `--client-secret=${C}`),
  oproxy2: cm({ c: `cookie_secret = "${C}"` }),
  grafana: cm({ 'g.ini': `[security]\nadmin_password = ${C}\nsecret_key = ${C}\n` }),
  otp: env('U', `otpauth://totp/x?secret=${C}&issuer=a`),
  cert: cm({ 'tls.pem': `-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\nkey: ${C}\npassword=${C}` }),
  pwpem: cr({ password: `-----BEGIN CERTIFICATE-----\n${C}` }),
}
