import { cursorOf } from '#engine/model/stored/cursor'

/** The cursor that continues a list of visible or hidden services after this one. */
export const visibleCursor = ({ host, namespace }: { readonly host: string; readonly namespace: string }): string =>
  cursorOf(`${host} ${namespace}`)
