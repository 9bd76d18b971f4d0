import type { SheetProblem } from '@kaibo/contract/goods/sheet'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import './sheets.css'

type ProblemListProps = {
  problems: readonly SheetProblem[]
  /** What became of the sheet. */
  lead?: string
}

/** What is wrong with a sheet, row by row. */
export function ProblemList({ problems, lead }: ProblemListProps) {
  const t = useT()
  const [language] = useLanguage()
  return (
    <>
      {lead && <p role="alert">{lead}</p>}
      <ol className="sheet-problems" aria-label={t('sheet.problems')}>
        {problems.map(problem => (
          <li key={`${problem.row} ${problem.column} ${problem.code}`}>
            <span className="k-num k-muted">{t('sheet.row', { row: problem.row })}</span>
            <span>{language === 'en' ? problem.en : problem.zh}</span>
          </li>
        ))}
      </ol>
    </>
  )
}
