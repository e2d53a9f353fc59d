import { remembered } from '../remembered.js'
import type { CheckRules } from './cel/cel-rules.js'
import { readSchemas } from './read-schemas.js'
import type { SchemaKinds } from './schema.js'

/** What was written by the generator: each module holds one text. */
type KindTexts = readonly [
  { readonly istioSchemas: string },
  { readonly gatewayApiSchemas: string },
  { readonly kubernetesSchemas: string },
  { readonly otherSchemas: string },
]

/** The schemas of Istio, the Gateway API, Kubernetes and other projects, loaded when they are first asked for. */
export const loadSchemas = async (): Promise<SchemaKinds> => {
  const texts: KindTexts = await Promise.all([
    import('./generated/istio.js'),
    import('./generated/gateway-api.js'),
    import('./generated/kubernetes.js'),
    import('./generated/others.js'),
  ])
  return readKinds(...texts)
}

const readKinds = remembered(
  (...[istio, gatewayApi, kubernetes, others]: KindTexts): SchemaKinds =>
    new Map(
      [istio.istioSchemas, gatewayApi.gatewayApiSchemas, kubernetes.kubernetesSchemas, others.otherSchemas].flatMap((text) => [
        ...readSchemas(text),
      ]),
    ),
)

/** What runs rules in CEL; it takes as long to load as everything else, so it is asked for where an object has some. */
export const loadRules = async (): Promise<CheckRules> => readyRules(await import('./cel/cel-rules.js'))

const readyRules = remembered(({ celRules }: { readonly celRules: () => CheckRules }): CheckRules => celRules())
