const cluster = {
  name: 'west',
  controlPlane: { role: 'PRIMARY' },
  resources: [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'reviews', namespace: 'shop' },
      spec: { ports: [{ name: 'http', port: 9080 }] },
    },
  ],
}

/** One topology, `shop`, as the examples of all routes tell of it. */
export const sample = {
  topology: {
    name: 'shop',
    description: 'the shop in both regions',
    compatibility: 'NONE',
    createdAt: '2026-03-01T09:00:00.000Z',
    head: 3,
  },
  version: {
    topology: 'shop',
    number: 3,
    contentHash: 'sha256:6f1c0e5f3a0b4d1c9f1a3b7de2c4985a6d0e7b1f2c3d4e5f60718293a4b5c6d7',
    createdAt: '2026-03-02T12:00:00.000Z',
    message: 'move ratings to east',
    author: 'ana',
    tags: ['production'],
  },
  cluster,
  document: { apiVersion: 'sightline/v1', kind: 'Topology', clusters: [cluster] },
  client: { cluster: 'west', namespace: 'shop', workload: 'client' },
  service: {
    cluster: 'west',
    kind: 'Service',
    namespace: 'shop',
    name: 'reviews',
    path: null,
    source: { file: 'west/shop.yaml', line: 12 },
  },
  lastPage: { nextCursor: null, hasMore: false },
}
