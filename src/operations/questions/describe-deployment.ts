import type { VersionContent } from '#analyst/analyst'
import type { DeploymentModel } from '#engine/model/deployment-model'
import { valueOf } from './value-of.js'
import type { Asking } from '../dependencies.js'

/** Which of the deployment models is this? */
export const describeDeployment = async ({ analyst }: Asking, version: VersionContent): Promise<DeploymentModel> =>
  valueOf(await analyst.ask('deployment', {}, version))
