import { type PointsSettings, pointsExpiries } from '@kaibo/contract/offer/points'
import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useErrorSentence, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useState } from 'react'
import { CountField, PercentField } from '../../components/form/fields.tsx'
import { PageShell } from '../../components/page-shell.tsx'
import { draftOf, isWhole, settingsOf } from './model.ts'
import './points.css'

const settingsKey = ['platform', 'points-settings']

/** How people earn points, what they are worth and when they are lost. */
export function PointsPage() {
  const t = useT()
  const sentence = useErrorSentence()
  const { data, error, refetch } = useQueryOf(settingsKey, () => api.points.settings())
  return (
    <PageShell title={t('points.title')} hint={t('points.hint')}>
      {error && !data && <ErrorState onRetry={() => void refetch()}>{sentence(error)}</ErrorState>}
      {!data && !error && <SkeletonList rows={4} />}
      {data && <PointsForm settings={data} />}
    </PageShell>
  )
}

function useSave() {
  const t = useT()
  return useActionOf((wanted: PointsSettings) => api.points.setSettings(wanted), {
    refresh: [settingsKey],
    onDone: () => toast.success(t('points.saved')),
  })
}

function PointsForm({ settings }: { settings: PointsSettings }) {
  const t = useT()
  const [draft, setDraft] = useState(() => draftOf(settings))
  const typed = settingsOf(draft)
  const change = (fields: Partial<typeof draft>) => setDraft({ ...draft, ...fields })
  const wrong = (value: unknown) => (value === null ? t('points.wrong') : undefined)
  const save = useSave()
  return (
    <form
      className="k-card k-stack points-form"
      onSubmit={event => {
        event.preventDefault()
        if (isWhole(typed)) save.run(typed)
      }}
    >
      <Switch
        label={t('points.isOn')}
        hint={t('points.isOnHint')}
        checked={draft.isOn}
        onChange={isOn => change({ isOn })}
      />
      <CountField
        label={t('points.earned')}
        hint={t('points.earnedHint')}
        value={draft.earnedText}
        error={wrong(typed.earnedPerYuan)}
        onChange={earnedText => change({ earnedText })}
      />
      <CountField
        label={t('points.worth')}
        value={draft.worthText}
        error={wrong(typed.pointsPerYuan)}
        onChange={worthText => change({ worthText })}
      />
      <PercentField
        label={t('points.share')}
        hint={t('points.shareHint')}
        value={draft.shareText}
        error={wrong(typed.shareMaxBps)}
        onChange={shareText => change({ shareText })}
      />
      <Choices
        label={t('points.expiry')}
        options={pointsExpiries.map(value => ({ value, label: t(`points.expires.${value}`) }))}
        value={draft.expiry}
        onChange={expiry => change({ expiry })}
      />
      {draft.expiry === 'rolling' && (
        <CountField
          label={t('points.days')}
          value={draft.daysText}
          error={wrong(typed.validDays)}
          onChange={daysText => change({ daysText })}
        />
      )}
      <Button type="submit" tone="primary" busy={save.busy} disabled={!isWhole(typed)}>
        {t('points.save')}
      </Button>
    </form>
  )
}
