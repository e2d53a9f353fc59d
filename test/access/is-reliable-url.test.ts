import { expect, it } from 'vitest'
import { isReliableUrl } from '#access/is-reliable-url'

it.each([
  ['https://id.example/realms/mesh', true],
  ['https://id.example:8443', true],
  ['HTTPS://ID.example', true],
  ['http://localhost:8080/keys', true],
  ['http://127.0.0.1', true],
  ['http://127.1.2.3:80/', true],
  ['http://[::1]:80/', true],
  ['http://id.example', false],
  ['http://localhost.example', false],
  ['http://127.0.0.1.example', false],
  ['http://localhost:80@id.example/', false],
  ['http://[::1]@id.example/', false],
  ['https://ann@id.example/', false],
  ['https://:pass@id.example/', false],
  ['http://10.0.0.7/', false],
  ['ftp://localhost/', false],
  ['file:///etc/passwd', false],
  ['localhost', false],
  ['https://', false],
  ['', false],
])('whether what %j says can be relied on: %s', (url, reliable) => {
  expect(isReliableUrl(url)).toBe(reliable)
})
