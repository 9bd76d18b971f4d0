import type { StockTake } from '@kaibo/contract/goods/stocktake'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Tabs } from '@kaibo/ui/control/tabs.tsx'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { useState } from 'react'
import { PageShell } from '../../components/page-shell.tsx'
import { useMyShop } from '../account/workplace.tsx'
import { DownloadMenu } from '../sheets/download-menu.tsx'
import { ProblemList } from '../sheets/problem-list.tsx'
import { Sums } from '../sheets/sums.tsx'
import { UploadButton } from '../sheets/upload-button.tsx'
import { CountedTable } from './counted-table.tsx'
import { CountingTable } from './counting-table.tsx'
import { useTake } from './use-takes.ts'

const tabs = ['counting', 'counted'] as const
type TakeTab = (typeof tabs)[number]

/** One stock-take: count in the list or by a sheet, look at the differences, correct the books. */
export function StockTakePage({ takeId }: { takeId: string }) {
  const t = useT()
  const shop = useMyShop()
  const sentence = useErrorSentence()
  const { take, error, refetch, upload, problems, apply, cancel } = useTake(shop.id, takeId)
  const [asks, setAsks] = useState<'apply' | 'cancel' | null>(null)
  const [tab, setTab] = useState<TakeTab>('counting')
  if (error && !take)
    return <ErrorState onRetry={() => void refetch()}>{sentence(error)}</ErrorState>
  if (!take) return <SkeletonList rows={6} />
  const isOpen = take.state === 'open'
  const confirm = () => {
    if (asks === 'apply') apply.run(undefined)
    else cancel.run(undefined)
    setAsks(null)
  }
  const shown = isOpen ? tab : 'counted'
  return (
    <PageShell
      title={take.title}
      hint={t(`stockTake.stateHint.${take.state}`)}
      back="/stock/takes"
      actions={
        isOpen && (
          <>
            <UploadButton label={t('stockTake.upload')} busy={upload.busy} onFile={upload.run} />
            <Closing take={take} shopId={shop.id} busy={apply.busy} onAsk={setAsks} />
          </>
        )
      }
    >
      <div className="k-stack">
        <TakeSums take={take} />
        {problems.length > 0 && (
          <ProblemList problems={problems} lead={t('stockTake.nothingTaken')} />
        )}
        <Tabs
          label={take.title}
          tabs={(isOpen ? tabs : tabs.slice(1)).map(id => ({
            id,
            label: t(`stockTake.tab.${id}`),
          }))}
          value={shown}
          onChange={setTab}
        >
          {shown === 'counting' ? (
            <CountingTable shopId={shop.id} takeId={take.id} />
          ) : (
            <CountedTable shopId={shop.id} takeId={take.id} isOpen={isOpen} />
          )}
        </Tabs>
      </div>
      <Dialog
        open={asks !== null}
        onClose={() => setAsks(null)}
        onConfirm={confirm}
        title={t(`stockTake.ask.${asks ?? 'apply'}`)}
        tone={asks === 'cancel' ? 'danger' : 'primary'}
      >
        {asks === 'apply' &&
          t('stockTake.askText', { more: take.moreCount, fewer: take.fewerCount })}
      </Dialog>
    </PageShell>
  )
}

type ClosingProps = {
  take: StockTake
  shopId: string
  busy: boolean
  onAsk: (what: 'apply' | 'cancel') => void
}

function Closing({ take, shopId, busy, onAsk }: ClosingProps) {
  const t = useT()
  const path = `/shops/${shopId}/stock-takes/${take.id}/sheet`
  return (
    <>
      <DownloadMenu label={t('stockTake.sheet')} path={path} />
      <Button onClick={() => onAsk('cancel')}>{t('stockTake.cancel')}</Button>
      <Button
        tone="primary"
        disabled={take.countedCount === 0}
        busy={busy}
        onClick={() => onAsk('apply')}
      >
        {t('stockTake.apply')}
      </Button>
    </>
  )
}

function TakeSums({ take }: { take: StockTake }) {
  const t = useT()
  return (
    <Sums
      sums={[
        { label: t('stockTake.column.counted'), count: take.countedCount },
        { label: t('stockTake.different'), count: take.differentCount },
        { label: t('stockTake.more'), count: take.moreCount },
        { label: t('stockTake.fewer'), count: take.fewerCount, isBad: true },
      ]}
    />
  )
}
