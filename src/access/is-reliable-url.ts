/**
 * An address for which nobody on the way can answer: encrypted, or on this machine.
 *
 * As programs read it, not as it looks: `http://localhost:8080@id.example` leads to `id.example`. One that says who is asking holds a credential,
 * which would be sent along and shown.
 */
export function isReliableUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  if (username !== '' || password !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && thisMachine.test(hostname))
}

const thisMachine = /^(localhost|127(\.\d+){3}|\[::1\])$/
