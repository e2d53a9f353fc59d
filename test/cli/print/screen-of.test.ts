import { describe, expect, it } from 'vitest'
import { screenOf } from '#cli/print/screen-of'
import { endless } from '#formats/text/screen'
import { call } from '../call.js'

const stream = (more: object) => ({ isTTY: true, columns: 90, ...more }) as NodeJS.WriteStream

describe('the columns that a text is laid out in', () => {
  it.each<[string, object, Record<string, string>, number | null]>([
    ['are those of the terminal', {}, {}, 90],
    ['are those that COLUMNS states', {}, { COLUMNS: '120' }, 120],
    ['are those of the terminal where COLUMNS states none', {}, { COLUMNS: 'wide' }, 90],
    ['are at least forty', { columns: 12 }, {}, 40],
    ['are none in a pipe, whatever COLUMNS states', { isTTY: false, columns: undefined }, { COLUMNS: '120' }, null],
    ['are none where a terminal does not know them', { columns: 0 }, {}, null],
  ])('%s', (_title, more, environment, columns) => {
    expect(screenOf(stream(more), environment).columns).toBe(columns)
  })
})

describe('colours', () => {
  const screen = { ...endless, paint: (shade: string, text: string) => `<${shade}>${text}</>` }
  const words = ['visible', 'examples/namespace-tenancy', '--from', 'west/team-2/client']

  it('follow the outcome, and `--no-color` leaves them out', async () => {
    expect((await call(words, { screen })).out).toContain('<good>VISIBLE</>')
    expect((await call([...words, '--no-color'], { screen })).out).toBe((await call(words)).out)
  })

  it('are no part of Markdown', async () => {
    expect((await call([...words, '--format', 'markdown'], { screen })).out).toContain('**VISIBLE** 1 service is seen, 1 hidden')
  })
})
