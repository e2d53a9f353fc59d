/** An answer as JSON text: a short one as it is, others in UTF-8, as bytes that move between threads. */
export type Written = string | Uint8Array<ArrayBuffer>

/** Bytes that it takes in UTF-8. */
export const sizeOf = (written: Written): number => (typeof written === 'string' ? Buffer.byteLength(written) : written.byteLength)

const decoder = new TextDecoder()

/** For whoever needs its fields: of what is only passed on, the text does. */
export const readWritten = (written: Written): unknown => JSON.parse(typeof written === 'string' ? written : decoder.decode(written))
