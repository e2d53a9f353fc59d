import type { ControlPlaneAnswer, ProxyAnswer, ProxyConfig, ProxyTarget, RouteShares, TargetEndpoint } from '#engine/model/proxy-config'
import { section } from '#formats/text/section'
import { printNotes } from './notes.js'
import type { Paint } from '#formats/text/paint'
import { type Cell, table } from '#formats/text/table'

/** Each control plane with the ways into other networks that it knows, then each of its proxies with what it is given. */
export function printProxyConfig(paint: Paint, { answers }: ProxyConfig): string[] {
  if (answers.length === 0) return ['no control plane configures a proxy']
  return answers.flatMap((answer, position) => [...(position === 0 ? [] : ['']), ...printControlPlane(paint, answer)])
}

const printControlPlane = (paint: Paint, { controlPlane, gateways, assumptions, proxies }: ControlPlaneAnswer): string[] => [
  `${paint('strong', `control plane ${controlPlane}`)}  ${proxies.length} ${proxies.length === 1 ? 'proxy' : 'proxies'}`,
  ...listed(
    paint,
    'gateways',
    ['NETWORK', 'CLUSTER', 'ADDRESS'],
    gateways.map(({ network, cluster, address, port }) => [network, cluster, `${address}:${port}`]),
  ),
  ...printNotes(paint, { assumptions, validUntil: null, remedies: [] }),
  ...proxies.flatMap((proxy) => ['', ...printProxy(paint, proxy)]),
]

const printProxy = (paint: Paint, { proxy, unknownHosts, services, targets, routes, names, inbound }: ProxyAnswer): string[] => [
  `${paint('strong', proxy)}  unknown hosts: ${unknownHosts}`,
  ...listed(
    paint,
    'services',
    ['HOST', 'NAMESPACE', 'PORTS'],
    services.map(({ host, namespace, ports }) => [host, namespace, ports.join(' ')]),
  ),
  ...listed(
    paint,
    'targets',
    ['TARGET', 'SUBSET', 'TYPE', 'ENDPOINT', 'PRIORITY', 'WEIGHT', 'SHARE', 'SENDS'],
    targets.flatMap(targetRows),
  ),
  ...listed(
    paint,
    'routes',
    ['REQUESTS TO', 'GO TO', 'SHARE'],
    Object.entries(routes).flatMap(([key, shares]) => underFirst([key], shareRows(shares))),
  ),
  ...listed(
    paint,
    'names',
    ['NAME', 'ADDRESSES'],
    Object.entries(names ?? {}).map(([name, addresses]) => [name, addresses.join(' ')]),
  ),
  ...listed(paint, 'inbound', ['PORT', 'MUTUAL TLS'], Object.entries(inbound)),
]

type Row = readonly string[]

/** A table with a faint head; nothing at all where it would be empty. */
function listed(paint: Paint, title: string, head: Row, rows: readonly Row[]): string[] {
  if (rows.length === 0) return []
  const cells: readonly (readonly Cell[])[] = [head.map((text) => ({ text, shade: 'faint' as const })), ...rows]
  return section(
    paint,
    title,
    table(
      paint,
      cells.map((each) => ({ cells: each })),
    ),
  )
}

/** What rows have in common stands in the first alone. */
const underFirst = (common: Row, rows: readonly Row[]): readonly Row[] =>
  rows.map((row, position) => [...(position === 0 ? common : common.map(() => '')), ...row])

const targetRows = ({ host, port, subset, type, sends, endpoints, unready }: ProxyTarget): readonly Row[] => {
  const common = [`${host}:${port}`, subset, type]
  const rows = [...endpoints.map(endpointRow), ...unready.map((address): Row => [address, '', '', '', 'nothing while unready'])]
  if (rows.length > 0) return underFirst(common, rows)
  return [[...common, ...(sends === undefined ? ['none'] : ['as dialled', '', '', '', sends])]]
}

const endpointRow = ({ address, port, priority, weight, share, sends }: TargetEndpoint): Row => [
  `${address}:${port}`,
  `${priority}`,
  `${weight}`,
  percentage(share),
  sends,
]

const shareRows = (shares: RouteShares): readonly Row[] =>
  typeof shares === 'string' ? [[shares, percentage(1)]] : Object.entries(shares).map(([target, share]) => [target, percentage(share)])

const percentage = (share: number): string => `${Math.round(share * 1000) / 10}%`
