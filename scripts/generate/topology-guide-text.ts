/** What the guide says before the schema speaks. */
export const opening: readonly string[] = [
  '# The topology document',
  '',
  'A topology document is one YAML or JSON text that holds everything known about your meshes at one moment: the objects of each cluster, as',
  'they are, and beside them the few facts that no object states. It is what Sightline reads, stores as a version, and answers from.',
  '',
  '```yaml',
  '# yaml-language-server: $schema=http://127.0.0.1:8080/schemas/topology.json',
  'apiVersion: sightline/v1',
  'kind: Topology',
  'clusters:',
  '  - name: west',
  '    resources:',
  '      - include: clusters/west/**/*.yaml',
  '  - name: east',
  '    resources:',
  '      - include: clusters/east/**/*.yaml',
  '```',
  '',
  'You need none to begin with: files and folders of ordinary Kubernetes objects are [asked as they are](clusters.md). Write one when there is',
  'something to state that no object says, or assertions to keep.',
  '',
  'The first line lets an editor check and complete the rest; a running service serves the schema, and a clone has it in',
  '[openapi/topology.schema.json](../openapi/topology.schema.json).',
  '',
  'Three things hold everywhere:',
  '',
  '- **State as little as you can.** Meshes, networks, control planes, remote secrets and roots are read from your objects. What the document',
  '  states beats what objects say, and a contradiction is a finding.',
  '- **Absent is unknown, empty is none.** Without `remoteSecrets` it is not known which clusters a control plane reads; `remoteSecrets: []`',
  '  says that it reads no other. Where an unknown decides, the verdict is `UNDETERMINED` and names it.',
  '- **No secret is kept.** Private keys, tokens and kubeconfigs are removed while the document is read; certificates stay.',
  '',
  'Examples that run, one folder for each deployment model, are in [examples/](../examples).',
]

interface Chapter {
  /** The field of the document that it is about. */
  readonly field: string
  readonly title: string
  /** What follows the example: where to see it at work. */
  readonly more: readonly string[]
}

/** In the order in which a reader needs them. */
export const chapters: readonly Chapter[] = [
  { field: 'clusters', title: 'Clusters', more: ['The smallest: [single-cluster](../examples/single-cluster/topology.yaml).'] },
  {
    field: 'meshes',
    title: 'Meshes',
    more: ['Two of them: [two-meshes-without-trust](../examples/two-meshes-without-trust/topology.yaml).'],
  },
  { field: 'networks', title: 'Networks', more: ['At work: [multiple-networks](../examples/multiple-networks/topology.yaml).'] },
  {
    field: 'controlPlanes',
    title: 'Control planes',
    more: ['At work: [external-control-plane](../examples/external-control-plane/topology.yaml).'],
  },
  { field: 'gateways', title: 'Gateways', more: ['At work: [stated-gateways](../examples/stated-gateways/topology.yaml).'] },
  {
    field: 'federations',
    title: 'Federations',
    more: ['At work: [two-meshes-with-trust](../examples/two-meshes-with-trust/topology.yaml).'],
  },
  { field: 'tenants', title: 'Tenants', more: ['At work: [namespace-tenancy](../examples/namespace-tenancy/topology.yaml).'] },
  { field: 'assertions', title: 'Assertions', more: ['At work: [pipeline-checks](../examples/pipeline-checks/topology.yaml).'] },
  {
    field: 'suppressions',
    title: 'Suppressions',
    more: ['At work: [pipeline-checks](../examples/pipeline-checks/topology.yaml); what each code means: [rules](rules/README.md).'],
  },
]
