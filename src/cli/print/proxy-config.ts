import type { ControlPlaneAnswer, ProxyAnswer, ProxyConfig, ProxyTarget, RouteShares, TargetEndpoint } from '#engine/model/proxy-config'
import type { Part, Section } from '#formats/parts/part'
import { section, sentence, table } from '#formats/parts/tell'
import { tellAssumptions } from './notes.js'

/** Each control plane with the ways into other networks that it knows, then each of its proxies with what it is given; at last what all of them rest on. */
export function tellProxyConfig({ answers }: ProxyConfig, isFull: boolean): readonly Part[] {
  if (answers.length === 0) return [sentence('no control plane configures a proxy')]
  const general = answers.flatMap(({ assumptions }) => assumptions.filter((each) => each.general))
  return [...answers.flatMap((answer) => tellControlPlane(answer, isFull)), ...tellAssumptions(general, isFull)]
}

const tellControlPlane = ({ controlPlane, gateways, assumptions, proxies }: ControlPlaneAnswer, isFull: boolean): readonly Part[] => [
  {
    kind: 'SECTION',
    heading: `control plane ${controlPlane}`,
    aside: proxies.length === 1 ? '1 proxy' : `${proxies.length} proxies`,
    parts: [
      ...listed(
        'gateways',
        ['network', 'cluster', 'address'],
        gateways.map(({ network, cluster, address, port }) => [network, cluster, `${address}:${port}`]),
      ),
      ...tellAssumptions(
        assumptions.filter((each) => !each.general),
        isFull,
      ),
    ],
  },
  ...proxies.map(tellProxy),
]

const tellProxy = ({ proxy, unknownHosts, services, targets, routes, names, inbound }: ProxyAnswer): Section => ({
  kind: 'SECTION',
  heading: proxy,
  aside: `unknown hosts: ${unknownHosts}`,
  parts: [
    ...listed(
      'services',
      ['host', 'namespace', 'ports'],
      services.map(({ host, namespace, ports }) => [host, namespace, ports.join(' ')]),
    ),
    ...listed('targets', ['target', 'subset', 'type', 'endpoint', 'priority', 'weight', 'share', 'sends'], targets.flatMap(targetRows)),
    ...listed(
      'routes',
      ['requests to', 'go to', 'share'],
      Object.entries(routes).flatMap(([key, shares]) => underFirst([key], shareRows(shares))),
    ),
    ...listed(
      'names',
      ['name', 'addresses'],
      Object.entries(names ?? {}).map(([name, addresses]) => [name, addresses.join(' ')]),
    ),
    ...listed('inbound', ['port', 'mutual TLS'], Object.entries(inbound)),
  ],
})

type Row = readonly string[]

const listed = (title: string, head: Row, rows: readonly Row[]): readonly Part[] =>
  section(
    title,
    table(
      head,
      rows.map((cells) => ({ cells })),
    ),
  )

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
