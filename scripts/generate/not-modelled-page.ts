import { unreadFlags } from '#engine/snapshot/unread-flags'
import { meetings, unfollowed } from './unfollowed.js'

const usual = (value: boolean | string | readonly string[]): string => {
  if (typeof value === 'object') return value.map((one) => `\`${one}\``).join(' or ')
  return value === '' ? 'not set' : `\`${value}\``
}

/** The page that tells what is not followed, and what an answer then is. */
export function notModelledPage(): string {
  const flags = Object.entries(unreadFlags).toSorted(([one], [other]) => one.localeCompare(other))
  return [
    '# What is not followed',
    '',
    'Where a call meets something that could stop it or lead it away, and that is not followed, the verdict is `UNDETERMINED` and names it: nothing is',
    'guessed. This page lists all of it. What an answer takes for granted instead is listed with the answer, and in [the codes](codes.md).',
    '',
    '| what a call meets | the answer | why |',
    '| --- | --- | --- |',
    ...unfollowed.map(({ what, answer, why }) => `| ${what} | ${answer} | ${why} |`),
    '',
    '## Flags of istiod',
    '',
    'Set otherwise than usual, these leave the calls open that they concern, and are named in the answer. Flags that answers follow stand in the code with their rules;',
    'all others change how much, how often or how fast, or let more through, and no verdict.',
    '',
    '| flag | usual | leaves open |',
    '| --- | --- | --- |',
    ...flags.map(([name, flag]) => `| \`${name}\` | ${usual(flag.usual)} | ${meetings[flag.meets]} |`),
    '',
    '## What no configuration says',
    '',
    '- What happens while proxies are told of a change, and what an application does with a call that arrives.',
    '- Firewalls and security groups of a cloud: what `routableTo` states is believed.',
    '- What an external authorization provider answers: a condition, `PROVIDER_DECIDES`. Whether a token’s signature holds: an assumption.',
    '- Names and addresses outside of the document: an assumption, unless a network policy or a route decides by them.',
    '- Loads: limits of connections and of requests, retries, outlier detection, and timeouts.',
    '- UDP, which no mesh of Istio carries. A UDPRoute is read by nobody, and a listener for UDP opens nothing.',
    '',
  ].join('\n')
}
