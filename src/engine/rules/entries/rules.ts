import type { Rule } from '../rule.js'
import { entriesCollide } from './entries-collide.js'
import { entryHidesService } from './entry-hides-service.js'
import { externalNameWithoutProtocol } from './external-name-without-protocol.js'
import { takesAllAddresses } from './takes-all-addresses.js'

/** ServiceEntries that collide, or capture what is not theirs. */
export const entryRules: readonly Rule[] = [entriesCollide, takesAllAddresses, externalNameWithoutProtocol, entryHidesService]
