import { describe, expect, it } from 'vitest'
import { acceptance } from '#engine/analysis/transport/acceptance'

// Rows of TLS-11: what arrives and the port's protocol; columns: STRICT, PERMISSIVE, DISABLE, no sidecar.
const matrix = [
  ['PLAINTEXT', 'HTTP', 'REJECTED', 'ACCEPTED', 'ACCEPTED', 'ACCEPTED'],
  ['PLAINTEXT', 'TCP', 'REJECTED', 'ACCEPTED', 'ACCEPTED', 'ACCEPTED'],
  ['PLAINTEXT', 'AUTO', 'REJECTED', 'ACCEPTED', 'ACCEPTED', 'ACCEPTED'],
  ['ISTIO_MUTUAL', 'HTTP', 'ACCEPTED', 'ACCEPTED', 'REJECTED', 'REJECTED'],
  ['ISTIO_MUTUAL', 'TCP', 'ACCEPTED', 'ACCEPTED', 'REJECTED', 'REJECTED'],
  ['ISTIO_MUTUAL', 'AUTO', 'ACCEPTED', 'ACCEPTED', 'REJECTED', 'REJECTED'],
  ['OTHER_TLS', 'HTTP', 'REJECTED', 'REJECTED', 'REJECTED', 'APPLICATION'],
  ['OTHER_TLS', 'TCP', 'REJECTED', 'APPLICATION', 'APPLICATION', 'APPLICATION'],
  ['OTHER_TLS', 'TLS', 'REJECTED', 'APPLICATION', 'APPLICATION', 'APPLICATION'],
  ['OTHER_TLS', 'AUTO', 'REJECTED', 'APPLICATION', 'APPLICATION', 'APPLICATION'],
] as const

const columns = ['STRICT', 'PERMISSIVE', 'DISABLE', 'NO_SIDECAR'] as const

describe('what a server takes', () => {
  for (const [sent, port, ...cells] of matrix) {
    for (const [index, mode] of columns.entries()) {
      it(`${sent} on a ${port} port at a server with ${mode} is ${cells[index]} (TLS-11)`, () => {
        expect(acceptance(sent, mode, port)).toBe(cells[index])
      })
    }
  }
})
