import type { Meta } from '../meta.js'
import { findNumber, findObject, findText, findWord, type Raw, type Reading, readList, readObject } from '../reading.js'
import { readScopedPolicy, type ScopedPolicy } from './scoped-policy.js'

/** Where an extension acts: on calls that leave (CLIENT), that arrive (SERVER), or on both; `ports` empty: on all. */
export interface ExtensionMatch {
  readonly mode: 'CLIENT' | 'SERVER' | 'CLIENT_AND_SERVER'
  readonly ports: readonly number[]
}

/** WasmPlugin, or TrafficExtension, into which istiod turns the former: code of someone else's in a proxy. Rules EXT-9, EXT-10. */
export interface Extension extends ScopedPolicy {
  /** Empty: everywhere. */
  readonly matches: readonly ExtensionMatch[]
  /** NETWORK acts on connections, HTTP on requests. */
  readonly level: 'HTTP' | 'NETWORK'
  /** False where istiod discards it: no code is named, or more is written than it takes. */
  readonly hasCode: boolean
  /** The code is fetched by the proxy, so that it may be missing there. */
  readonly remote: boolean
  /** What a proxy without the code does: lets calls pass, or denies them. */
  readonly failOpen: boolean
}

/** Bytes of a script in Lua. */
const longestScript = 64 * 1024

const modes = ['UNDEFINED', 'CLIENT', 'SERVER', 'CLIENT_AND_SERVER'] as const

const readMatch = (reading: Reading, item: Raw, at: string): ExtensionMatch => {
  const written = findWord(reading, item, 'mode', at, modes)
  return {
    mode: written === undefined || written === 'UNDEFINED' ? 'CLIENT_AND_SERVER' : written,
    ports: readList(reading, item, 'ports', at, (inner, port, where) => findNumber(inner, port, 'number', where)),
  }
}

export const readExtension = (reading: Reading, raw: Raw, meta: Meta): Extension => {
  const spec = readObject(reading, raw, 'spec', '')
  const wasm = findObject(reading, spec, 'wasm', 'spec')
  const code = wasm ?? spec
  const network = findText(reading, code, 'type', wasm === undefined ? 'spec' : 'spec.wasm') === 'NETWORK'
  const at = wasm === undefined ? 'spec' : 'spec.wasm'
  const url = findText(reading, code, 'url', at) ?? ''
  const lua = findObject(reading, spec, 'lua', 'spec')
  const script = lua === undefined ? '' : (findText(reading, lua, 'inlineCode', 'spec.lua') ?? '')
  return {
    ...readScopedPolicy(reading, raw, meta),
    matches: readList(reading, spec, 'match', 'spec', readMatch),
    level: network ? 'NETWORK' : 'HTTP',
    hasCode: url !== '' || (script !== '' && new TextEncoder().encode(script).length <= longestScript),
    remote: url !== '' && !url.startsWith('file://'),
    failOpen: findText(reading, code, 'failStrategy', at) === 'FAIL_OPEN',
  }
}
