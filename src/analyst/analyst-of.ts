import { errorOf } from '#engine/model/app-error'
import type { Analyst, Answered, VersionContent } from './analyst.js'
import type { AnswerTo, Ask, AskKind } from './ask.js'

/** Gets one thing answered, wherever the engine runs; `versions` are those that it is about, none for an upload. */
export type Answerer = <K extends AskKind>(ask: Ask<K>, versions: readonly VersionContent[]) => Promise<AnswerTo<K>>

/** The analyst's methods over one way of getting things answered. */
export function analystOf(answer: Answerer, { health, close }: Pick<Analyst, 'health' | 'close'>): Analyst {
  return {
    prepare: (upload) => answer({ kind: 'prepare', upload }, []),
    prepareCluster: (base, cluster, upload) => answer({ kind: 'prepareCluster', cluster, upload }, base === undefined ? [] : [base]),
    validate: (upload, at) => answer({ kind: 'validate', upload, at }, []),
    report: (version, at) => answer({ kind: 'report', at }, [version]),
    reachability: async (version, questions, at, wanted) =>
      unwrap(await answer({ kind: 'reachability', questions, at, wanted }, [version])),
    visibility: (version, question, at) => answer({ kind: 'visibility', question, at }, [version]),
    hidden: (version, question, at) => answer({ kind: 'hidden', question, at }, [version]),
    trust: (version, question, at) => answer({ kind: 'trust', question, at }, [version]),
    proxyConfig: (version, question, position, wanted) => answer({ kind: 'proxyConfig', question, position, wanted }, [version]),
    deployment: (version) => answer({ kind: 'deployment' }, [version]),
    inventory: (version) => answer({ kind: 'inventory' }, [version]),
    services: (version, page) => answer({ kind: 'services', page }, [version]),
    workloads: (version, page) => answer({ kind: 'workloads', page }, [version]),
    yaml: (version, cluster) => answer({ kind: 'yaml', cluster }, [version]),
    health,
    close,
  }
}

/** Single questions carry their own problems; a problem of the whole request is the caller's to throw on. */
function unwrap<T>(answered: Answered<T>): T {
  if ('problem' in answered) throw errorOf(answered.problem)
  return answered.value
}
