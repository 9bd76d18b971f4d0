import type { Evidence, EvidenceContext } from '@kaibo/contract/media/verdict'
import { api } from '@kaibo/ui/data/api.tsx'
import { useErrorSentence, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { SideDrawer } from '../../../components/side-drawer.tsx'
import { exportUrl, frameUrl } from '../model.ts'
import { patrolKey, useLabel } from '../use-patrol.ts'
import { KindBadge } from './kind-badge.tsx'

/** A verdict with the pictures and the words it rests on. */
export function EvidenceDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const t = useT()
  return (
    <SideDrawer open={id !== null} onClose={onClose} title={t('patrol.evidence')}>
      {id && <Loaded id={id} />}
    </SideDrawer>
  )
}

function Loaded({ id }: { id: string }) {
  const sentence = useErrorSentence()
  const { data, error, refetch } = useQueryOf([...patrolKey, 'evidence', id], () =>
    api.verdict.evidence({ id }),
  )
  if (error) return <ErrorState onRetry={() => void refetch()}>{sentence(error)}</ErrorState>
  if (!data) return <SkeletonList rows={5} />
  return <Case evidence={data} />
}

function Case({ evidence: { verdict, context, frames, keepUntil } }: { evidence: Evidence }) {
  const t = useT()
  const format = useFormat()
  return (
    <div className="k-stack">
      <header className="patrol-room-head">
        <h2>{verdict.live.title}</h2>
        <p className="k-row">
          <KindBadge kind={verdict.kind} />
          <b>{t(`patrol.reason.${verdict.reason}`)}</b>
        </p>
        <p className="k-muted">
          {[
            verdict.shopName,
            verdict.by?.nickname ?? t('patrol.byReviewer'),
            format.dateTime(verdict.at),
          ].join(' · ')}
        </p>
        {verdict.note && <p>{verdict.note}</p>}
      </header>
      <ul className="evidence-frames">
        {frames.map(({ place, takenAt, sha256 }) => (
          <li key={place}>
            <a href={frameUrl(verdict.id, place)} target="_blank" rel="noreferrer">
              <img src={frameUrl(verdict.id, place)} alt={format.time(takenAt)} />
            </a>
            <small className="k-muted k-num" title={sha256}>
              {format.time(takenAt)}
            </small>
          </li>
        ))}
      </ul>
      {frames.length === 0 && <p className="k-muted">{t('patrol.noFrames')}</p>}
      {context && <Context context={context} />}
      <p className="k-muted">{t('patrol.keptUntil', { date: format.date(keepUntil) })}</p>
      <a className="k-button" data-tone="quiet" data-size="m" href={exportUrl(verdict.id)} download>
        {t('patrol.export')}
      </a>
    </div>
  )
}

function Context({ context }: { context: EvidenceContext }) {
  const t = useT()
  const format = useFormat()
  const label = useLabel()
  const { findings, alerts, products, comments } = context
  return (
    <>
      <Lines
        title={t('patrol.found')}
        lines={[
          ...findings.map(({ label: name }) => label(name)),
          ...alerts.map(alert => [label(alert.label), alert.excerpt].filter(Boolean).join('：')),
        ]}
      />
      <Lines
        title={t('patrol.goods')}
        lines={products.map(({ title, priceFen }) => `${title} · ${format.fen(priceFen)}`)}
      />
      <Lines
        title={t('patrol.words')}
        lines={comments.map(({ at, text }) => `${format.time(at)} ${text}`)}
      />
    </>
  )
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <section className="evidence-lines">
      <h3>{title}</h3>
      <ul>
        {[...new Set(lines)].map(line => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  )
}
