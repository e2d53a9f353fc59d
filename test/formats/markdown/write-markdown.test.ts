import { describe, expect, it } from 'vitest'
import { writeMarkdown } from '#formats/markdown/write-markdown'
import { items, name, section, sentence, table } from '#formats/parts/tell'

describe('an answer as Markdown', () => {
  it('has the verdict in bold, headings, names as code, and what is below a step further in', () => {
    const told = [
      sentence('`a` cannot reach `b`', { word: { text: 'UNREACHABLE', shade: 'bad' } }),
      ...section('decided by', items([{ cells: [name('TRUST'), { text: 'STOPPED', shade: 'bad' }], below: ['no root'] }]), {
        hint: 'ask for more',
      }),
      ...section('west/shop/client', items([{ cells: ['seen'] }])),
    ]
    expect(writeMarkdown(told)).toBe(
      '**UNREACHABLE** `a` cannot reach `b`\n\n### Decided by\n\n- `TRUST` **STOPPED**\n  - no root\n\n### west/shop/client\n\n- seen\n',
    )
  })

  it('has rows in a table, what stands below one in its last cell', () => {
    const rows = table(['endpoint', 'reason'], [{ cells: [name('10.1.0.1:80'), name('DENIED')], below: ['no rule allows `a|b`'] }])
    expect(writeMarkdown(rows)).toBe('| Endpoint | Reason |\n| --- | --- |\n| `10.1.0.1:80` | `DENIED`<br>no rule allows `a\\|b` |\n')
  })

  it('has objects to apply in blocks that nothing in them can end', () => {
    const remedy = items([{ cells: ['apply it'], below: ['in cluster `west`'], code: 'a: |\n  ```\n  x\n' }])
    expect(writeMarkdown(remedy)).toBe('- apply it\n  - in cluster `west`\n\n````yaml\na: |\n  ```\n  x\n````\n')
  })

  it('lets nothing that a user wrote become a tag, a link, an emphasis or a mention (of names, too)', () => {
    const told = [sentence('<img src=x> [a](b) *c* @all & `<b>`'), ...items([{ cells: [name('a`<i>`b')] }])]
    expect(writeMarkdown(told)).toBe('&lt;img src=x&gt; \\[a\\](b) \\*c\\* @\u200ball &amp; `<b>`\n\n- ``a`<i>`b``\n')
  })
})
