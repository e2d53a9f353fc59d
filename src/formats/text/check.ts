import type { Check } from '#engine/model/check'
import { pausing } from '#engine/pause'
import type { Part } from '../parts/part.js'
import { items, name, section, sentence } from '../parts/tell.js'
import { shadeOf } from './paint.js'
import { tellReport } from './report.js'

/** The verdict with every reason for it, then the report that it rests on. */
export const tellCheck = ({ verdict, reasons, against, report }: Check): readonly Part[] => [
  sentence(`against ${against.topology}@${against.number}`, { word: { text: verdict, shade: shadeOf(verdict) } }),
  ...section(
    'reasons',
    items(
      Array.from(pausing(reasons), ({ effect, code, finding, assertion, message }) => ({
        cells: [{ text: effect, shade: shadeOf(effect) }, name(code), finding?.code ?? assertion ?? '', message],
      })),
    ),
  ),
  ...section('report', tellReport(report)),
]
