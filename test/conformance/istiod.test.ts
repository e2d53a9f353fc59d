import { describe, expect, it } from 'vitest'
import { proxyConfigOf } from '#engine/proxy-config/proxy-config-of'
import { snapshotOf } from '../engine/from-yaml.js'
import { answerFiles, assemble, differencesOf, haveAnswers, leftOut, readAnswers } from './istiod-answers.js'

describe('what proxies are given is what istiod’s own code gives them', () => {
  it.skipIf(haveAnswers)(leftOut, () => undefined)

  it.each(answerFiles())('in %s', (file) => {
    const { topology, answers } = readAnswers(file)
    const told = proxyConfigOf(snapshotOf(JSON.stringify(topology)), {})
    expect('pieces' in told ? differencesOf(answers, assemble(told.pieces)) : told.problem).toEqual([])
  })
})
