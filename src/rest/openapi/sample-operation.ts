import type { Operation } from '#engine/model/operation'

/** An operation as the examples tell it. */
export const sampleOperation: Operation = {
  id: '6c9c8f1e-54a5-4f7b-9d5c-0d4f0a3b2c1d',
  kind: 'VALIDATE',
  status: 'RUNNING',
  createdAt: '2026-03-02T12:00:00.000Z',
  endedAt: null,
  progress: { done: 12, total: 60 },
}
