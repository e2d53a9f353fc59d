#!/usr/bin/env node
// Starts the command line as it is built: most of what a short command costs is finding, reading and compiling its own code.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadProgram } from './load-program.js'

loadProgram(dirname(fileURLToPath(import.meta.url)), process.argv[2] !== 'serve').run()
