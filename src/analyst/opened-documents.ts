import { isProblem } from '#engine/manifests/document-fault'
import { takeDocument } from '#engine/manifests/read-document'
import { placeOfEntry, tellPlaces } from '#engine/manifests/tell-places'
import { readPart } from '#engine/resources/read-part'
import { withFingerprints } from '#engine/rules/with-fingerprints'
import { buildSnapshot } from '#engine/snapshot/build-snapshot'
import type { Snapshot } from '#engine/snapshot/snapshot'
import type { Answered, Opened, Upload } from './analyst.js'

/** A document that was opened: its snapshot, and its places for what an answer names. */
export interface OpenedDocument {
  readonly snapshot: Snapshot
  readonly tell: <T>(answer: T) => T
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
      const { header, parts, places, notes, removed, leftOut, assumedCluster } = taken
      const name = `opened:${opened.size + 1}`
      const partOf = new Map(parts.map((part) => [part.cluster, part]))
      opened.set(name, {
        snapshot: buildSnapshot({ contentHash: name, header, parts }),
        tell: (answer) =>
          tellPlaces(answer, (marked) =>
            'entry' in marked ? placeOfEntry(places, marked.entry) : partOf.get(marked.cluster)?.placeOf(marked.index),
          ),
      })
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
