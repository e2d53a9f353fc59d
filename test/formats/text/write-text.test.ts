import { describe, expect, it } from 'vitest'
import type { Part } from '#formats/parts/part'
import { items, name, section, sentence, table } from '#formats/parts/tell'
import { endless, measure } from '#formats/text/screen'
import { writeText } from '#formats/text/write-text'

const within = async (columns: number, parts: readonly Part[]): Promise<readonly string[]> =>
  writeText(parts, await measure({ paint: endless.paint, columns }))

describe('a text on a terminal', () => {
  it('has its sentences broken under themselves, and what is quoted in one piece', async () => {
    const told = [sentence('the pod has no label `app: reviews` and is not selected', { word: { text: 'STOPPED' } })]
    expect(await within(43, told)).toEqual(['STOPPED  the pod has no label', '         `app: reviews` and is not selected'])
    expect(writeText(told, endless)).toEqual(['STOPPED  the pod has no label `app: reviews` and is not selected'])
  })

  it('has a long word above its sentence where beside it there is no room', async () => {
    const told = [sentence('it is not known', { word: { text: 'UNDETERMINED' } })]
    expect(await within(40, told)).toEqual(['UNDETERMINED', 'it is not known'])
  })

  it('breaks the sentence in the last column, and lets cells flow where that would be too narrow', async () => {
    const row = items([{ cells: ['ERROR', name('NET101'), 'the network has no gateway that leads into it'], below: ['east at networks'] }])
    expect(await within(50, row)).toEqual([
      '  ERROR  NET101  the network has no gateway that',
      '                 leads into it',
      '      east at networks',
    ])
    const names = items([{ cells: ['REACHABLE', name('namespace west/team-1'), name('to catalog.team-1:9080')] }])
    expect(await within(40, names)).toEqual(['  REACHABLE  namespace west/team-1', '      to catalog.team-1:9080'])
  })

  it('goes on further in, so that one thing is told from the next', async () => {
    const told = items([
      { cells: ['one thing that takes more than a line of it'], below: ['what belongs to it takes more than a line too'] },
    ])
    expect(await within(40, told)).toEqual([
      '  one thing that takes more than a',
      '    line of it',
      '      what belongs to it takes more',
      '        than a line too',
    ])
  })

  it('has a table as records where its columns do not fit, without cells that are empty', async () => {
    const rows = table(
      ['endpoint', 'where', 'reason'],
      [{ cells: [name('pod:east/shop/ratings-0:9080'), '', name('CERTIFICATE_EXPIRED')] }],
    )
    expect(await within(80, rows)).toEqual([
      '  ENDPOINT                      WHERE  REASON',
      '  pod:east/shop/ratings-0:9080         CERTIFICATE_EXPIRED',
    ])
    expect(await within(40, rows)).toEqual(['  pod:east/shop/ratings-0:9080', '      REASON  CERTIFICATE_EXPIRED'])
  })

  it('leaves objects to be copied as they are, at the start of the line, and commands so that a shell takes both lines', async () => {
    const code = 'kind: AuthorizationPolicy\nmetadata: { name: a-name-that-is-long, namespace: shop }\n'
    const command = { text: 'trace --from west/shop/client --to ratings', as: 'COMMAND' as const }
    expect(await within(40, items([{ cells: ['allow it'], below: [command], code }]))).toEqual([
      '  allow it',
      String.raw`      trace --from west/shop/client \ `.trimEnd(),
      '        --to ratings',
      '',
      '```yaml',
      'kind: AuthorizationPolicy',
      'metadata: { name: a-name-that-is-long, namespace: shop }',
      '```',
    ])
  })

  it('measures as a terminal shows: wide letters count twice, marks above others nothing', async () => {
    const told = items([{ cells: ['日本', 'a'] }, { cells: ['e\u0301', 'b'] }])
    expect(await within(80, told)).toEqual(['  日本  a', '  e\u0301     b'])
  })

  it('never has a line end in a name, nor begins with an empty line', async () => {
    expect(writeText(section('two\nlines', [sentence('a\tb\nc')]), endless)).toEqual(['two lines', 'a b c'])
  })
})
