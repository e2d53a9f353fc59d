import type { LeftOut } from '#engine/model/left-out'
import type { Finding } from '#engine/model/report'
import { placeOf } from '#formats/text/resource'
import { printableText } from '#formats/text/printable'
import type { Input } from './read-input.js'

interface Seen {
  readonly notes: readonly Finding[]
  readonly leftOut: readonly LeftOut[]
  /** Of a text that may be either: the cluster, if it was no document. */
  readonly assumedCluster?: string
}

const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

/** One line about what nobody stated, and what is no part of the answer; nothing where a document says everything. */
export function takenForGranted({ upload, alone }: Input, { notes, leftOut, assumedCluster }: Seen): string {
  const isAlone = alone !== undefined && (upload.cluster === undefined || assumedCluster !== undefined)
  const parts = [...(isAlone ? [clustersOf(alone)] : []), ...broken(notes), ...leftOutOf(leftOut)]
  return parts.length === 0 ? '' : printableText(`sightline: ${parts.join('; ')}\n`)
}

function clustersOf({ clusters, isStated }: NonNullable<Input['alone']>): string {
  const names = clusters.map((name) => `\`${name}\``)
  if (names.length > 1) return `taken for granted: clusters ${names.join(', ')} as stated, everything else as their objects say`
  const [name] = names
  return `taken for granted: one cluster, ${name}${isStated ? '' : ' (`--cluster` says otherwise)'}, everything else as its objects say`
}

function broken(notes: readonly Finding[]): readonly string[] {
  const passedOver = notes.filter(({ code }) => code === 'OBJECT_BROKEN')
  const twice = notes.filter(({ code }) => code === 'DUPLICATE_OBJECT')
  const where = placeOf(passedOver[0]?.source)
  return [
    ...(passedOver.length === 0
      ? []
      : [`${many(passedOver.length, 'fault')} passed over${where === '' ? '' : `, the first in ${where}`} (\`--strict\` refuses)`]),
    ...(twice.length === 0 ? [] : [`${many(twice.length, 'object')} in several versions, the last of which counts`]),
  ]
}

function leftOutOf(leftOut: readonly LeftOut[]): readonly string[] {
  const countOf = (isDocument: boolean): number =>
    leftOut.reduce((sum, { reason, count }) => sum + ((reason === 'OTHER_DOCUMENT') === isDocument ? count : 0), 0)
  const [files, documents] = [countOf(false), countOf(true)]
  const told = [...(files === 0 ? [] : [many(files, 'file')]), ...(documents === 0 ? [] : [many(documents, 'document')])]
  return told.length === 0 ? [] : [`${told.join(' and ')} left out (\`sightline validate\` lists them)`]
}
