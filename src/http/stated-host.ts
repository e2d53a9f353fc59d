import { isIPv6 } from 'node:net'
import { readHostName } from './host-name.js'

/** The name of a host as a setting states it, IPv6 with brackets or without; undefined: it is none. */
export const statedHost = (text: string): string | undefined => readHostName(isIPv6(text) ? `[${text}]` : text)
