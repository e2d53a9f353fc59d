import { admit } from '#access/admit'
import type { VersionContent } from '#analyst/analyst'
import type { DeploymentModel } from '#engine/model/deployment-model'
import { valueOf } from './value-of.js'
import type { Asking } from '../dependencies.js'

/** Which of the deployment models is this? */
export async function describeDeployment({ analyst, caller }: Asking, version: VersionContent): Promise<DeploymentModel> {
  admit(caller, 'describeDeployment')
  return valueOf(await analyst.ask('deployment', {}, version))
}
