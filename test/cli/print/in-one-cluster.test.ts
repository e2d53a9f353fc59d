import { describe, expect, it } from 'vitest'
import { tellReachability } from '#cli/print/reachability'
import type { Reachability } from '#engine/model/reachability'
import { answer, endpoint, plain, ref, step } from '../../formats/text/parts.js'

const printed = (told: Reachability): readonly string[] => plain(tellReachability(told, false))

describe('an answer as somebody reads it who has a symptom and one cluster', () => {
  it('says first what the caller gets to see of it', () => {
    expect(printed(answer({ symptom: 'HTTP 503 from its own proxy' })).slice(1, 4)).toEqual([
      '',
      'what the caller sees',
      '  HTTP 503 from its own proxy',
    ])
  })

  const stopped = step({ outcome: 'STOPPED', message: 'nobody', because: [ref('cart')] })

  it('names no cluster of its objects where it speaks of one and of a caller in it, and else each one’s', () => {
    const told = { summary: '`shop/web` cannot reach `cart`', steps: [stopped] }
    expect(printed(answer(told))).toContain('      Service shop/cart')
    expect(printed(answer({ ...told, endpoints: [endpoint({ cluster: 'east' })] }))).toContain('      Service west/shop/cart')
    expect(printed(answer({ ...told, summary: 'a client outside cannot reach `cart`' }))).toContain('      Service west/shop/cart')
  })

  it('has each clause of a change on a line of its own, and what is quoted whole', () => {
    const remedies = [
      { summary: 'let `a; b` in; `c` stays; and then restart', cluster: null, controlPlane: null, manifest: null, alsoOpens: null },
    ]
    expect(printed(answer({ remedies })).slice(-3)).toEqual(['  let `a; b` in', '      `c` stays', '      and then restart'])
  })
})
