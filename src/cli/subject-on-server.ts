import type { Server } from './server/server.js'
import type { Report } from '#engine/model/report'
import { askServerJson } from './ask-server.js'
import { requestAbout } from './request-about.js'
import type { Subject } from './subject.js'
import { readVersionName } from './version-name.js'

/** A version that a server keeps, asked over its interfaces. */
export function subjectOnServer(path: string, server: Server): Subject {
  const version = readVersionName(path)
  return {
    ask: ({ there }, asked) => there(server, version, asked),
    report: (assertions) =>
      askServerJson<Report>(server, {
        ...requestAbout(version, 'validate'),
        ...(assertions === undefined ? {} : { body: assertions.body, type: assertions.mediaType }),
      }),
  }
}
