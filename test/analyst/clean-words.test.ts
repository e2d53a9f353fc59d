import { describe, expect, it } from 'vitest'
import { cleanWords } from '#analyst/analyst'

const canary = 'c4n4ryV4lu3n0b0dyM4ySee'

describe('what is said beside a document', () => {
  it.each([
    [`rotate, password=${canary}`, 'rotate, password='],
    [`use ghp_${canary.repeat(2)} for now`, 'use  for now'],
    [`from https://ann:${canary}@git.example/shop`, 'from https://git.example/shop'],
    [`eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.${canary}`, ''],
  ])('loses its secrets, and a note names what lost one', (message, clean) => {
    const { words, notes } = cleanWords({ message, author: 'ann' })
    expect(words).toEqual({ message: clean, author: 'ann' })
    expect(notes).toMatchObject([
      { code: 'SECRET_REMOVED', severity: 'WARNING', path: 'message', message: 'removed before storing: `message`' },
    ])
  })

  it.each([
    'rotate the password: see the wiki',
    'token lifetime is 15 minutes',
    'bump api-key-rotator to 1.2.3',
    'fix #123 (deadbeef0123456)',
  ])('stays where it only speaks of them: %s', (message) =>
    expect(cleanWords({ message, author: null })).toEqual({ words: { message, author: null }, notes: [] }),
  )
})
