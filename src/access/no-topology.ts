import { AppError } from '#engine/model/app-error'

/** Said of a topology that does not exist, and, to the letter, of one that is not there for this caller. */
export const noTopology = (name: string): AppError => new AppError('TOPOLOGY_NOT_FOUND', `there is no topology \`${name}\``)
