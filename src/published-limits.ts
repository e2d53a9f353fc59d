import type { Config } from '#config'
import { limits as parsing } from '#engine/manifests/parsing/limits'
import { largestProgram, longestPattern } from '#engine/istiod/expressions/expression'
import { mostInstructions, mostSteps, mostStepsOfMatch } from '#engine/istiod/expressions/work'
import { type Limits, mostCalls } from '#engine/model/limits'
import { mostSelected } from '#engine/snapshot/services/count-selected'
import { graphqlAnswer, graphqlLimits } from '#graphql/graphql-limits'
import { jsonBody } from '#http/create-server'
import { mostItems } from '#operations/page'
import { mostFiles } from '#rest/uploads/sent-file'

/** Limits that are settings, by the setting. */
export const limitSettings = {
  BODY_LIMIT: 'body',
  UPLOADS_LIMIT: 'uploads',
  ANSWER_LIMIT: 'answer',
  REQUEST_TIMEOUT_MS: 'requestMs',
  QUESTION_TIMEOUT_MS: 'questionMs',
  DOCUMENT_TIMEOUT_MS: 'documentMs',
  RATE_LIMIT: 'requestsPerMinute',
} as const satisfies Partial<Record<keyof Config, keyof Limits>>

/** All limits in force, as they are told to whoever asks. */
export const publishedLimits = (config: Config): Limits => ({
  body: config.BODY_LIMIT,
  uploads: config.UPLOADS_LIMIT,
  jsonBody,
  answer: config.ANSWER_LIMIT,
  batch: mostCalls,
  page: mostItems,
  requestMs: config.REQUEST_TIMEOUT_MS,
  questionMs: config.QUESTION_TIMEOUT_MS,
  documentMs: config.DOCUMENT_TIMEOUT_MS,
  requestsPerMinute: config.RATE_LIMIT,
  document: {
    depth: parsing.depth,
    aliases: parsing.aliases,
    aliasNodes: parsing.aliasNodes,
    documents: parsing.documents,
    ownFields: parsing.ownFields,
    containers: parsing.containers,
    clusters: parsing.clusters,
    selected: mostSelected,
    files: mostFiles,
  },
  expressions: {
    characters: longestPattern,
    program: largestProgram,
    matchSteps: mostStepsOfMatch,
    questionSteps: mostSteps,
    questionProgram: mostInstructions,
  },
  graphql: { answer: graphqlAnswer(config.ANSWER_LIMIT), ...graphqlLimits },
})
