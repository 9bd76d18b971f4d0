import type { LegalHold } from '@kaibo/contract/media/recording'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useErrorSentence, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { lazy, Suspense, useState } from 'react'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { casePage } from './case-page.ts'
import { recordingsKey, wholeCase } from './model.ts'
import { ReasonForm } from './reason-form.tsx'

const Film = lazy(async () => ({ default: (await import('./film.tsx')).Film }))

/** One recording: its film, who holds it, and its case file. */
export function RecordingDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  return (
    <SideDrawer open={id !== null} onClose={onClose} title={id && <Title id={id} />}>
      {id && <Loaded key={id} id={id} />}
    </SideDrawer>
  )
}

/** Which session it is: on a phone the drawer covers the list. */
function Title({ id }: { id: string }) {
  const t = useT()
  const format = useFormat()
  const { data } = useQueryOf(['room', id], () => api.live.room({ id }))
  if (!data) return t('recordings.one')
  return (
    <div className="recordings-title">
      <span>{data.title}</span>
      <small className="k-muted">
        {data.shop.name}
        {data.startedAt && ` · ${format.dateTime(data.startedAt)}`}
      </small>
    </div>
  )
}

function Loaded({ id }: { id: string }) {
  const t = useT()
  const sentence = useErrorSentence()
  const { data, error, refetch } = useQueryOf([...recordingsKey, 'holds', id], () =>
    api.recording.holds({ id }),
  )
  const hold = useActionOf(
    (reason: string) => api.recording.hold({ id, holdId: crypto.randomUUID(), reason }),
    { refresh: [recordingsKey], onDone: () => toast.success(t('recordings.holdDone')) },
  )
  if (error) return <ErrorState onRetry={() => void refetch()}>{sentence(error)}</ErrorState>
  if (!data) return <SkeletonList rows={4} />
  return (
    <div className="recordings-parts">
      <section className="k-stack">
        <Suspense fallback={<SkeletonList rows={3} />}>
          <Film id={id} />
        </Suspense>
      </section>
      <section className="k-stack">
        <h2>{t('recordings.holds')}</h2>
        <p className="k-muted">{t('recordings.holdsHint')}</p>
        {data.items.length === 0 && <p>{t('recordings.noHolds')}</p>}
        <ul className="recordings-holds">
          {data.items.map(item => (
            <Hold key={item.id} hold={item} />
          ))}
        </ul>
        <ReasonForm
          label={t('recordings.reason')}
          hint={t('recordings.reasonHint')}
          button={t('recordings.place')}
          busy={hold.busy}
          onSend={hold.run}
        />
      </section>
      <CaseExport id={id} />
    </div>
  )
}

function Hold({ hold }: { hold: LegalHold }) {
  const t = useT()
  const format = useFormat()
  const [isLifting, setLifting] = useState(false)
  const lift = useActionOf((reason: string) => api.recording.liftHold({ id: hold.id, reason }), {
    refresh: [recordingsKey],
    onDone: () => toast.success(t('recordings.liftDone')),
  })
  return (
    <li className="k-card recordings-hold">
      <p className="k-row">
        <Badge tone={hold.liftedAt ? 'plain' : 'warning'}>
          {t(hold.liftedAt ? 'recordings.lifted' : 'recordings.stands')}
        </Badge>
        <small className="k-muted k-num">{format.dateTime(hold.placedAt)}</small>
      </p>
      <p>{hold.reason}</p>
      {hold.liftedAt && (
        <p className="k-muted">
          {format.dateTime(hold.liftedAt)} · {hold.liftReason}
        </p>
      )}
      {!hold.liftedAt && !isLifting && (
        <Button size="s" onClick={() => setLifting(true)}>
          {t('recordings.lift')}
        </Button>
      )}
      {isLifting && !hold.liftedAt && (
        <ReasonForm
          label={t('recordings.liftReason')}
          button={t('recordings.lift')}
          busy={lift.busy}
          onSend={lift.run}
        />
      )}
    </li>
  )
}

/** Saves everything that is known of a session as one page; it names the films with their hashes. */
function CaseExport({ id }: { id: string }) {
  const t = useT()
  const format = useFormat()
  const make = useActionOf(
    () => wholeCase(commentsFromMs => api.recording.caseFile({ id, commentsFromMs })),
    {
      onDone: file => {
        const page = casePage(file, { t, format })
        const url = URL.createObjectURL(new Blob([page], { type: 'text/html' }))
        Object.assign(document.createElement('a'), {
          href: url,
          download: `case-${id}.html`,
        }).click()
        URL.revokeObjectURL(url)
      },
    },
  )
  return (
    <section className="k-stack">
      <h2>{t('recordings.case')}</h2>
      <p className="k-muted">{t('recordings.caseHint')}</p>
      <div>
        <Button icon="copy" busy={make.busy} onClick={() => make.run(undefined)}>
          {t('recordings.export')}
        </Button>
      </div>
    </section>
  )
}
