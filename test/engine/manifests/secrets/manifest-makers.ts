/** What every carrier holds. */
export const C = 'CNRX000zqCNRX000zqCNRX000zq'
export const b64 = (s: string) => Buffer.from(s).toString('base64')
export const cm = (data: Record<string, string>) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data })
export const env = (name: string, value: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a' },
  spec: { containers: [{ name: 'c', env: [{ name, value }] }] },
})
export const cmd = (...command: string[]) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a' },
  spec: { containers: [{ name: 'c', command }] },
})
export const vs = (http: unknown) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'a' },
  spec: { http: [http] },
})
export const cr = (spec: unknown) => ({ apiVersion: 'x.io/v1', kind: 'T', metadata: { name: 'a' }, spec })
export const ann = (a: Record<string, string>) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', annotations: a }, spec: {} })
