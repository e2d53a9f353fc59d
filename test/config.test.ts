import { describe, expect, it } from 'vitest'
import { maskedConfig, readConfig } from '#config'

const configOf = (environment: Record<string, string>) => {
  const read = readConfig(environment)
  if ('problems' in read) throw new Error(read.problems.join())
  return read.config
}

describe('the configuration', () => {
  it('listens on loopback and keeps its own database unless told otherwise', () => {
    const config = configOf({})
    expect(config).toMatchObject({ HOST: '127.0.0.1', PORT: 8080, DATA_DIR: '.sightline', BODY_LIMIT: 64 * 1024 * 1024, GRAPHIQL: true })
    expect(config.DATABASE_URL).toBeUndefined()
  })

  it.each([
    ['1024', 1024],
    ['64MiB', 64 * 1024 * 1024],
    ['2 MB', 2 * 1024 * 1024],
    ['512k', 512 * 1024],
  ])('reads a limit of %s', (text, bytes) => {
    expect(configOf({ BODY_LIMIT: text }).BODY_LIMIT).toBe(bytes)
  })

  it('serves GraphiQL on loopback only, unless it is asked for', () => {
    expect(configOf({ HOST: '0.0.0.0', INSECURE_OPEN: 'true' }).GRAPHIQL).toBe(false)
    expect(configOf({ HOST: '0.0.0.0', INSECURE_OPEN: '1', GRAPHIQL: 'true' }).GRAPHIQL).toBe(true)
    expect(configOf({ GRAPHIQL: '0' }).GRAPHIQL).toBe(false)
  })

  it.each(['0.0.0.0', '::', '10.0.0.7', 'sightline.example', '127.0.0.1.example'])('is not open to whoever can reach %s', (HOST) => {
    const read = readConfig({ HOST })
    expect('problems' in read && read.problems).toEqual([expect.stringContaining('INSECURE_OPEN=true')])
    expect(configOf({ HOST, INSECURE_OPEN: 'true' })).toMatchObject({ HOST, AUTH: 'none' })
  })

  it.each([
    [{ AUTH: 'oidc' }, 'needs OIDC_ISSUER'],
    [{ AUTH: 'token,oidc', OIDC_ISSUER: 'https://id.example' }, 'needs OIDC_AUDIENCE'],
    [{ OIDC_ISSUER: 'https://id.example', OIDC_AUDIENCE: 'x' }, 'OIDC_ISSUER is for AUTH=oidc'],
    [{ AUTH: 'none', ADMIN_TOKEN_FILE: 'x' }, 'ADMIN_TOKEN_FILE is for AUTH=token'],
    [{ AUTH: 'oidc', ADMIN_TOKEN_FILE: 'x', OIDC_ISSUER: 'https://id.example', OIDC_AUDIENCE: 'x' }, 'ADMIN_TOKEN_FILE is for AUTH=token'],
    [{ AUTH: 'token', INSECURE_OPEN: 'true' }, 'INSECURE_OPEN=true lets everybody in'],
  ])('refuses %j, which contradicts itself', (environment, sentence) => {
    expect(readConfig(environment as Record<string, string>)).toMatchObject({
      refused: true,
      problems: [expect.stringContaining(sentence)],
    })
  })

  it('takes tokens where a file of one is stated, and JWTs of an issuer for this service', () => {
    expect(configOf({ ADMIN_TOKEN_FILE: 'x', HOST: '0.0.0.0' })).toMatchObject({ AUTH: 'token' })
    const issuer = { OIDC_ISSUER: 'https://id.example/realm', OIDC_AUDIENCE: 'sightline' }
    expect(configOf({ AUTH: 'token,oidc', ADMIN_TOKEN_FILE: 'x', HOST: '0.0.0.0', ...issuer })).toMatchObject({ AUTH: 'token,oidc' })
  })

  it.each(['localhost', '127.0.0.2', '::1'])('is open to whoever is on this machine (%s)', (HOST) => {
    expect(configOf({ HOST })).toMatchObject({ AUTH: 'none', INSECURE_OPEN: false })
  })

  it.each([
    ['PORT', '70000'],
    ['PORT', '80.5'],
    ['PORT', '2k'],
    ['LOG_LEVEL', 'loud'],
    ['BODY_LIMIT', '-1'],
    ['BODY_LIMIT', '12 parsecs'],
    ['DATABASE_URL', 'mysql://here'],
    ['CORS_ORIGINS', 'example.com'],
    ['GRAPHIQL', 'perhaps'],
    ['AUTH', 'oauth'],
    ['OIDC_ISSUER', 'http://id.example'],
    ['OIDC_JWKS_URL', 'http://127.0.0.1.example/keys'],
    ['OIDC_JWKS_URL', 'https://id.example:port/keys'],
  ])('refuses %s=%s, and names the variable', (name, value) => {
    const read = readConfig({ [name]: value })
    expect('problems' in read && read.problems).toEqual([expect.stringContaining(`${name} does not accept`)])
  })

  it.each(['http://localhost:8080@id.example/realm', 'https://ann:hunter2@id.example/realm'])(
    'refuses an issuer at an address that is not what it looks like, or holds a password, and does not show it: %s',
    (OIDC_ISSUER) => {
      const read = readConfig({ OIDC_ISSUER })
      expect('problems' in read && read.problems).toEqual([expect.stringMatching(/^OIDC_ISSUER does not accept a value: /)])
    },
  )

  it('refuses a variable by its former name, and tells the new one', () => {
    expect(readConfig({ ANALYSIS_WORKERS: '2' })).toMatchObject({
      problems: ['ANALYSIS_WORKERS is called ANALYSIS_THREADS now: set that instead'],
    })
    expect(readConfig({ ANALYSIS_WORKERS: '' })).toHaveProperty('config')
  })

  it('takes an empty variable as absent', () => {
    expect(configOf({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ PORT: 8080 })
  })

  it.each([
    ['postgres://me:hush@db:5432/app', 'postgres://***@db:5432/app'],
    ['postgres://hush@db/app', 'postgres://***@db/app'],
    ['postgres://:hush@db/app', 'postgres://***@db/app'],
    ['postgresql://me:hu%40sh@db/app', 'postgresql://***@db/app'],
    ['postgres://me:x@hush@db/app', 'postgres://***@db/app'],
    ['postgres://me:x:hush@db/app', 'postgres://***@db/app'],
    ['postgres://me:x/hush@db/app', 'postgres://***'],
    ['postgres://me:x?hush@db/app', 'postgres://***'],
    ['postgres://me:x#hush@db/app', 'postgres://***'],
    ['postgres://me:12/hush@db/app', 'postgres://***'],
    ['postgres://db/app?user=hush&password=hush', 'postgres://db/app?user=***&password=***'],
    ['postgres://db/app?PASSWORD=hush&pass%77ord=hush', 'postgres://db/app?PASSWORD=***&password=***'],
    ['postgres://db/app?sslpassword=hush&sslkey=hush&passfile=hush', 'postgres://db/app?sslpassword=***&sslkey=***&passfile=***'],
    ['postgres://db/app?options=-c%20password%3Dhush', 'postgres://db/app?options=***'],
    ['postgres://db/app?password=a@hush', 'postgres://***'],
    ['postgres://db/app?host=/run/postgresql&sslmode=require', 'postgres://db/app?host=/run/postgresql&sslmode=require'],
    ['postgres://me:hush@[2001:db8::1]:5432/app', 'postgres://***@[2001:db8::1]:5432/app'],
    ['postgres://me:hush@/app', 'postgres://***'],
  ])('shows %s without credentials', (url, shown) => {
    expect(maskedConfig(configOf({ DATABASE_URL: url }))['DATABASE_URL']).toBe(shown)
  })

  it('says nothing of what is refused that could be a credential', () => {
    const refused = readConfig({ DATABASE_URL: 'mysql://me:hush@db' })
    expect(JSON.stringify(refused)).not.toContain('hush')
  })
})
