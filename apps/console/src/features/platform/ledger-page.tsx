import type { CheckFinding, CheckReport } from '@kaibo/contract/trade/ledger'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import { PageShell } from '../../components/page-shell.tsx'
import './platform.css'

type Result = { report: CheckReport; atMs: number }

/** Lets the server check its books, and shows what it found. */
export function LedgerPage() {
  const t = useT()
  const format = useFormat()
  const [result, setResult] = useState<Result>()
  const check = useActionOf(() => api.ledger.check(), {
    onDone: report => setResult({ report, atMs: Date.now() }),
  })
  return (
    <PageShell
      title={t('ledger.title')}
      hint={t('ledger.hint')}
      actions={
        <Button tone="primary" icon="check" busy={check.busy} onClick={() => check.run(undefined)}>
          {t('ledger.run')}
        </Button>
      }
    >
      <div aria-live="polite">
        {result ? (
          <Report report={result.report} at={format.dateTime(result.atMs)} />
        ) : (
          <Empty icon="check" title={t('ledger.notYet')} />
        )}
      </div>
    </PageShell>
  )
}

function Report({ report, at }: { report: CheckReport; at: string }) {
  const t = useT()
  return (
    <div className="k-stack">
      <p className="ledger-verdict" data-ok={report.ok}>
        <Icon name={report.ok ? 'check' : 'warning'} />
        {report.ok ? t('ledger.ok') : t('ledger.wrong', { count: report.findings.length })}
        <small>{t('ledger.checkedAt', { at })}</small>
      </p>
      {report.findings.length > 0 && <Findings findings={report.findings} />}
      <section className="k-card section">
        <h2>{t('ledger.checks')}</h2>
        <dl className="facts ledger-checks">
          {report.checks.map(({ name, rows }) => (
            <div key={name} className="ledger-check">
              <dt>
                <code>{name}</code>
              </dt>
              <dd className="k-num">{t('ledger.rows', { count: rows })}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  )
}

function Findings({ findings }: { findings: readonly CheckFinding[] }) {
  const t = useT()
  return (
    <section className="k-card section">
      <h2>{t('ledger.findings')}</h2>
      <ul className="ledger-findings">
        {findings.map(({ check, subject, expected, found }) => (
          <li key={`${check} ${subject}`}>
            <code>{check}</code>
            <strong>{subject}</strong>
            <dl className="facts">
              <dt>{t('ledger.expected')}</dt>
              <dd>{expected}</dd>
              <dt>{t('ledger.found')}</dt>
              <dd>{found}</dd>
            </dl>
          </li>
        ))}
      </ul>
    </section>
  )
}
