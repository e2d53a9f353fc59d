import type { LabelSelector } from '../label-selector.js'
import { readLabelSelector } from '../label-selector.js'
import type { Meta } from '../meta.js'
import { findObject, findText, type Raw, type Reading, readList, readObject, readText } from '../reading.js'

/** One webhook of a configuration: whom it takes, and whom it asks. */
export interface Webhook {
  readonly name: string
  /** Absent: every namespace, or every object. */
  readonly namespaceSelector?: LabelSelector
  readonly objectSelector?: LabelSelector
  /** Neither a Service nor a URL: it can ask nobody. */
  readonly service?: { readonly namespace: string; readonly name: string }
  readonly url?: string
}

/** Webhooks of Istio's, that inject proxies or check objects. */
export interface WebhookConfiguration {
  readonly meta: Meta
  readonly webhooks: readonly Webhook[]
}

const selectorIn = (reading: Reading, item: Raw, key: string, at: string): LabelSelector | undefined => {
  const selector = findObject(reading, item, key, at)
  return selector === undefined ? undefined : readLabelSelector(reading, selector, `${at}.${key}`)
}

function readWebhook(reading: Reading, item: Raw, at: string): Webhook {
  const client = readObject(reading, item, 'clientConfig', at)
  const service = findObject(reading, client, 'service', `${at}.clientConfig`)
  const url = findText(reading, client, 'url', `${at}.clientConfig`)
  const namespaceSelector = selectorIn(reading, item, 'namespaceSelector', at)
  const objectSelector = selectorIn(reading, item, 'objectSelector', at)
  const where = `${at}.clientConfig.service`
  return {
    name: readText(reading, item, 'name', at),
    ...(namespaceSelector === undefined ? {} : { namespaceSelector }),
    ...(objectSelector === undefined ? {} : { objectSelector }),
    ...(service === undefined
      ? {}
      : { service: { namespace: readText(reading, service, 'namespace', where), name: readText(reading, service, 'name', where) } }),
    ...(url === undefined || url === '' ? {} : { url }),
  }
}

/** Those of others say nothing here. */
export const findWebhooks = (reading: Reading, raw: Raw, meta: Meta): WebhookConfiguration | undefined => {
  const webhooks = readList(reading, raw, 'webhooks', '', readWebhook)
  return webhooks.some(({ name }) => name.endsWith('istio.io')) ? { meta, webhooks } : undefined
}
