import type { Subject } from './find-subject'

/** A question that is ready to run. */
export interface Question {
  readonly title: string
  readonly query: string
  readonly variables: string
}

const reachability = `# Does this call arrive, and why?
query Reachability($topology: String!, $from: SourceInput!, $to: DestinationInput!) {
  topology(name: $topology) {
    version {
      reachability(from: $from, to: $to) {
        verdict
        summary
        steps { stage outcome reason message because { cluster kind namespace name } }
        endpoints { address cluster network verdict reason }
        remedies { summary }
      }
    }
  }
}
`

const visibility = `# What does this workload see, and what is hidden from it?
query Visibility($topology: String!, $from: SourceInput!) {
  topology(name: $topology) {
    version {
      serviceVisibility(from: $from) {
        nodes { host resolvesTo ports { number protocol } }
        hidden { nodes { host reason } }
      }
    }
  }
}
`

const trust = `# Do these two identities trust each other?
query Trust($topology: String!, $client: IdentityInput!, $server: IdentityInput!) {
  topology(name: $topology) {
    version {
      identityTrust(client: $client, server: $server) {
        verdict
        summary
        validUntil
        clientAcceptsServer { verdict chain { reason message } }
        serverAcceptsClient { verdict chain { reason message } }
      }
    }
  }
}
`

const asVariables = (values: object): string => JSON.stringify(values, null, 2)

/** The three questions, about what is stored here. */
export function questionsAbout({ topology, caller, called, host, port }: Subject): readonly Question[] {
  const from = { cluster: caller.cluster, namespace: caller.namespace, workload: caller.name }
  const identityOf = ({ cluster, namespace, serviceAccount }: Subject['caller']) => ({ cluster, namespace, serviceAccount })
  return [
    { title: 'Does this call arrive?', query: reachability, variables: asVariables({ topology, from, to: { host, port } }) },
    { title: 'What does this workload see?', query: visibility, variables: asVariables({ topology, from }) },
    {
      title: 'Do these two trust each other?',
      query: trust,
      variables: asVariables({ topology, client: identityOf(caller), server: identityOf(called) }),
    },
  ]
}
