import type { SheetProblem, SheetQuery } from '@kaibo/contract/goods/sheet'
import { integerKind, textKind } from './kinds.ts'
import { defineSheet } from './sheet.ts'
import type { SheetFile } from './table.ts'

const reportSheet = defineSheet<{
  row: number
  column: string
  code: string
  zh: string
  en: string
}>(
  { zh: '导入问题', en: 'Import problems' },
  {
    row: { zh: '行号', en: 'Row', kind: integerKind({ min: 1, max: 1e6 }), example: '2' },
    column: { zh: '列', en: 'Column', kind: textKind(60), example: '' },
    code: { zh: '代码', en: 'Code', kind: textKind(60), example: '' },
    zh: { zh: '说明', en: 'Problem (Chinese)', kind: textKind(300), example: '' },
    en: { zh: '说明（英文）', en: 'Problem', kind: textKind(300), example: '' },
  },
)

/** The problems of a sheet as a sheet. */
export const writeReport = (
  problems: readonly SheetProblem[],
  query: SheetQuery,
): Promise<SheetFile> =>
  reportSheet.write(
    problems.map(problem => ({ ...problem, column: problem.column ?? '' })),
    query,
  )
