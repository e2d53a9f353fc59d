import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** The command as it is built. */
export const sightline = `${process.execPath} ${resolve('dist/cli/main.js')}`

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A Git repository with a topology of which one path is asserted. */
export interface ScratchRepository {
  readonly folder: string
  git(...words: readonly string[]): string
  write(path: string, text: string): void
  read(path: string): string
  /** Runs a script as a runner does: in the repository, with this environment. */
  run(script: string, environment: Readonly<Record<string, string>>): Ran
  remove(): void
}

const workload = (name: string) => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      serviceAccountName: ${name}
      containers: [{ name: app, image: example/${name}, ports: [{ containerPort: 8080 }] }]
`

export const policyOf = (caller: string) => `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
---
# Who may place orders.
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders-callers, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  action: ALLOW
  rules:
    - from: [{ source: { principals: [cluster.local/ns/shop/sa/${caller}] } }]
`

const files = {
  'mesh/topology.yaml': `apiVersion: sightline/v1
kind: Topology
clusters:
  - { name: west, controlPlane: { role: PRIMARY }, remoteSecrets: [], resources: [{ include: west/*.yaml }] }
assertions:
  - name: the storefront places orders
    from: { cluster: west, namespace: shop, workload: storefront }
    to: { host: orders.shop, port: 8080 }
    expect: REACHABLE
`,
  'mesh/west/shop.yaml': `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
${workload('storefront')}${workload('visitor')}${workload('orders')}---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 8080 }] }
`,
  'mesh/west/policy.yaml': policyOf('storefront'),
}

export function openScratchRepository(): ScratchRepository {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-repository-'))
  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', '-c', 'init.defaultBranch=main', ...words], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  git('init', '--quiet')
  for (const [path, text] of Object.entries(files)) write(path, text)
  git('add', '.')
  git('commit', '--quiet', '--message', 'the mesh as it is')
  return {
    folder,
    git,
    write,
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    run: (script, environment) => {
      const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', script], {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...environment },
      })
      return { code: status, out: stdout, err: stderr }
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}
