import type { SentAssertions } from '#analyst/analyst'
import type { Report } from '#engine/model/report'
import type { Question } from './questions.js'

/** What questions are asked about, wherever it is: a document at hand, or a version that a server keeps. */
export interface Subject {
  ask<Asked, Answer>(question: Question<Asked, Answer>, asked: Asked): Promise<Answer>
  /** Held also to assertions beside the document. */
  report(assertions?: SentAssertions): Promise<Report>
}
