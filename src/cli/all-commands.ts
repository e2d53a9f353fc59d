import type { Command } from './command.js'
import { backup } from './commands/backup.js'
import { callers } from './commands/callers.js'
import { check } from './commands/check.js'
import { collect } from './commands/collect.js'
import { completionOf } from './commands/completion.js'
import { config } from './commands/config.js'
import { effectivePolicy } from './commands/effective-policy.js'
import { explain } from './commands/explain.js'
import { deleteStored } from './commands/delete.js'
import { exportDocument } from './commands/export.js'
import { history } from './commands/history.js'
import { init } from './commands/init.js'
import { isolation } from './commands/isolation.js'
import { list } from './commands/list.js'
import { proxyConfig } from './commands/proxy-config.js'
import { prune } from './commands/prune.js'
import { push } from './commands/push.js'
import { reach } from './commands/reach.js'
import { restore } from './commands/restore.js'
import { scan } from './commands/scan.js'
import { serve } from './commands/serve.js'
import { tag } from './commands/tag.js'
import { token } from './commands/token.js'
import { trace } from './commands/trace.js'
import { trust } from './commands/trust.js'
import { validate } from './commands/validate.js'
import { verify } from './commands/verify.js'
import { visible } from './commands/visible.js'

const completion = completionOf(() => allCommands)

/** Every command, in the order of the help. */
export const allCommands: readonly Command[] = [
  trace,
  visible,
  trust,
  callers,
  reach,
  isolation,
  effectivePolicy,
  proxyConfig,
  validate,
  check,
  explain,
  scan,
  init,
  collect,
  push,
  list,
  history,
  tag,
  exportDocument,
  deleteStored,
  prune,
  backup,
  restore,
  verify,
  serve,
  token,
  config,
  completion,
]
