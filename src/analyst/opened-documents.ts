import { isProblem } from '#engine/manifests/document-fault'
import { takeDocument } from '#engine/manifests/read-document'
import { readPart } from '#engine/resources/read-part'
import { withFingerprints } from '#engine/rules/with-fingerprints'
import { buildSnapshot } from '#engine/snapshot/build-snapshot'
import { tooManySelected } from '#engine/snapshot/services/count-selected'
import type { Snapshot } from '#engine/snapshot/snapshot'
import type { Answered, Opened, Upload } from './analyst.js'
import type { Teller } from './place-book.js'
import { tellerOfTaken } from './writing/teller-of-taken.js'

/** A document that was opened: its snapshot, and who tells the places of what an answer names. */
export interface OpenedDocument {
  readonly snapshot: Snapshot
  readonly teller: Teller
}

/** Documents that are asked about where they were read. */
export interface OpenedDocuments {
  open(upload: Upload, withRemoved: boolean): Answered<Opened>
  find(name: string): OpenedDocument | undefined
}

export function openedDocuments(): OpenedDocuments {
  const opened = new Map<string, OpenedDocument>()
  return {
    open: (upload, withRemoved) => {
      const taken = takeDocument(upload, () => readPart(noticeNothing))
      if (isProblem(taken)) return { problem: taken }
      const { header, parts, notes, removed, leftOut, assumedCluster } = taken
      const name = `opened:${opened.size + 1}`
      const snapshot = buildSnapshot({ contentHash: name, header, parts })
      const excess = tooManySelected(snapshot)
      if (excess !== undefined) return { problem: excess }
      opened.set(name, { snapshot, teller: tellerOfTaken(taken) })
      const clusters = parts.map(({ cluster }) => cluster)
      return {
        value: {
          name,
          clusters,
          notes: withFingerprints(notes),
          removed: withRemoved ? removed() : [],
          leftOut,
          ...(assumedCluster === undefined ? {} : { assumedCluster }),
        },
      }
    },
    find: (name) => opened.get(name),
  }
}

const noticeNothing = (): undefined => undefined
