/** Of commands that work on what is kept, here or on a server. */
export const keptNote =
  'Without `--server` the store is opened that DATABASE_URL or DATA_DIR names, which needs no token; the embedded one while no service holds it.'
