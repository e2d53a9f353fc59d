import { isRaw, type Raw } from '../../resources/reading.js'

/** Major and minor release of the Gateway API. */
export type Bundle = readonly [major: number, minor: number]

export const bundleAnnotation = 'gateway.networking.k8s.io/bundle-version'

/** The release of the Gateway API that a definition of one of its kinds says it is of, as it is written and by its numbers. */
export function bundleOf({ metadata }: Raw): { readonly text: string; readonly bundle: Bundle | undefined } {
  const annotations = isRaw(metadata) && isRaw(metadata['annotations']) ? metadata['annotations'] : {}
  const written = annotations[bundleAnnotation]
  const text = typeof written === 'string' ? written : ''
  const [, major, minor] = /^v?(\d+)\.(\d+)/u.exec(text) ?? []
  return { text, bundle: major === undefined ? undefined : [Number(major), Number(minor)] }
}
