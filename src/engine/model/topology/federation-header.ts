import Type, { type Static } from 'typebox'
import { described } from './described.js'
import { examplePem, Name, Names, Pems, Port, strict } from './fields.js'

const opt = Type.Optional

const FederatedService = strict({
  namespace: described(Name, 'The namespace of the Service in the exporter.', 'shop'),
  name: described(Name, 'The name of the Service in the exporter.', 'ratings'),
  as: opt(
    described(
      Name,
      'The host by which the importer’s workloads call it. Absent: `name.namespace.svc.` and the exporter’s trust domain.',
      'ratings.shop.svc.mesh2.example',
    ),
  ),
})

const FederatedGateway = strict({
  address: described(Name, 'An address or host name of a gateway of the exporter.', '34.0.0.9'),
  port: opt(described(Port, 'Its port for mutual TLS. Absent: 15443.', 15443)),
})

export const FederationHeader = described(
  strict({
    importer: described(Name, 'The mesh whose workloads call.', 'mesh1'),
    exporter: described(Name, 'The mesh whose services are called.', 'mesh2'),
    trustBundle: opt(
      described(
        Type.Union([Type.Boolean(), Pems]),
        '`true`: the importer trusts the exporter’s roots; or the roots that it trusts, as PEM. Absent and `false`: none of them.',
        true,
        [examplePem],
      ),
    ),
    trustDomains: opt(
      described(Names, 'Trust domains that the importer accepts. Absent: the exporter’s, when there is a `trustBundle`.', [
        'mesh2.example',
      ]),
    ),
    services: opt(
      described(Type.Array(FederatedService), 'What the exporter offers.', [
        { namespace: 'shop', name: 'ratings', as: 'ratings.shop.svc.mesh2.example' },
      ]),
    ),
    gateways: opt(described(Type.Array(FederatedGateway), 'Where the exporter is entered.', [{ address: '34.0.0.9', port: 15443 }])),
  }),
  'What one mesh takes from another: roots, trust domains, services and the gateways that lead to them. Directed: two meshes that call each other need two. A federation stands for objects that are not in the document, so that every answer that rests on it says so.',
  {
    importer: 'mesh1',
    exporter: 'mesh2',
    trustBundle: true,
    services: [{ namespace: 'shop', name: 'ratings', as: 'ratings.shop.svc.mesh2.example' }],
    gateways: [{ address: '34.0.0.9', port: 15443 }],
  },
)
export type FederationHeader = Static<typeof FederationHeader>
