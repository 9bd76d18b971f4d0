import type { FlashSale, FlashSaleItem } from '@kaibo/contract/offer/flashsale'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useErrorSentence, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Price } from '@kaibo/ui/display/price.tsx'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import { CountField } from '../../components/form/fields.tsx'
import { parseCount } from '../../components/form/yuan.ts'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { useMyShop } from '../account/workplace.tsx'
import { SaleBadge, Sold } from './cells.tsx'
import { salesKey } from './model.ts'

type SaleDrawerProps = {
  saleId: string | null
  onClose: () => void
  onEdit: (sale: FlashSale) => void
}

const refreshMs = 3_000

/** One sale while it is watched: what is left, and the few things that can still be done. */
export function SaleDrawer({ saleId, onClose, onEdit }: SaleDrawerProps) {
  const { id: shopId } = useMyShop()
  const sentence = useErrorSentence()
  const { data, error, refetch } = useQueryOf(
    [...salesKey(shopId), 'one', saleId],
    () => api.flashsale.manageView({ shopId, id: saleId ?? '' }),
    { enabled: saleId !== null, everyMs: refreshMs },
  )
  return (
    <SideDrawer open={saleId !== null} onClose={onClose} title={data?.title ?? ''}>
      {error && !data && <ErrorState onRetry={() => void refetch()}>{sentence(error)}</ErrorState>}
      {!data && !error && <SkeletonList rows={5} />}
      {data && <Details sale={data} onEdit={() => onEdit(data)} />}
    </SideDrawer>
  )
}

function Details({ sale, onEdit }: { sale: FlashSale; onEdit: () => void }) {
  const t = useT()
  const format = useFormat()
  return (
    <div className="k-stack">
      <p className="sale-head">
        <SaleBadge row={sale} /> {t(`flash.channel.${sale.channel}`)}
        <span className="k-num k-muted">
          {format.dateTime(sale.startsAt)} – {format.dateTime(sale.endsAt)}
        </span>
      </p>
      {sale.isShort && (
        <p className="sale-warning" role="status">
          {t('flash.shortHint')}
        </p>
      )}
      <Sold row={sale} />
      <ul className="sale-items">
        {sale.items.map(item => (
          <Item key={item.id} sale={sale} item={item} />
        ))}
      </ul>
      <Actions sale={sale} onEdit={onEdit} />
    </div>
  )
}

function Item({ sale, item }: { sale: FlashSale; item: FlashSaleItem }) {
  const t = useT()
  const { id: shopId } = useMyShop()
  const [text, setText] = useState<string | null>(null)
  const add = useActionOf(
    (quota: number) => api.flashsale.addQuota({ shopId, id: sale.id, skuId: item.skuId, quota }),
    { refresh: [salesKey(shopId)], onDone: () => setText(null) },
  )
  const more = parseCount(text ?? '')
  const isOpen = sale.state === 'running' || sale.state === 'scheduled'
  return (
    <li className="sale-item">
      {item.pictureUrl ? (
        <img className="thumb" src={item.pictureUrl} alt="" />
      ) : (
        <span className="thumb" />
      )}
      <div className="sale-item-text">
        <strong className="k-clamp">{item.title}</strong>
        <span className="k-muted">{Object.values(item.spec).join(' · ')}</span>
        <Price fen={item.priceFen} wasFen={item.listPriceFen} size="s" />
      </div>
      <div className="sale-item-count k-num">
        <span>{t('flash.left', { left: item.leftCount, quota: item.quota })}</span>
        <span className="k-muted">
          {item.perPersonMax === null
            ? t('flash.noLimit')
            : t('flash.perPerson', { count: item.perPersonMax })}
        </span>
        {isOpen && text === null && (
          <Button size="s" tone="plain" onClick={() => setText('')}>
            {t('flash.addQuota')}
          </Button>
        )}
      </div>
      {text !== null && (
        <form
          className="sale-item-more"
          onSubmit={event => {
            event.preventDefault()
            if (more) add.run(item.quota + more)
          }}
        >
          <CountField label={t('flash.addCount')} value={text} onChange={setText} />
          <Button type="submit" tone="primary" busy={add.busy} disabled={!more}>
            {t('flash.addQuota')}
          </Button>
        </form>
      )}
    </li>
  )
}

function Actions({ sale, onEdit }: { sale: FlashSale; onEdit: () => void }) {
  const t = useT()
  const { id: shopId } = useMyShop()
  const [isAsking, setAsking] = useState(false)
  const at = { shopId, id: sale.id }
  const refresh = [salesKey(shopId)]
  const start = useActionOf(() => api.flashsale.start(at), { refresh })
  const end = useActionOf(() => api.flashsale.end(at), {
    refresh,
    onDone: () => setAsking(false),
  })
  const { state } = sale
  if (state === 'ended' || state === 'cancelled') return null
  const isRunning = state === 'running'
  return (
    <div className="sale-actions">
      {!isRunning && (
        <>
          <Button tone="primary" busy={start.busy} onClick={() => start.run(undefined)}>
            {t('flash.start')}
          </Button>
          <Button onClick={onEdit}>{t('flash.edit')}</Button>
        </>
      )}
      <Button tone="danger" onClick={() => setAsking(true)}>
        {t(isRunning ? 'flash.end' : 'flash.cancel')}
      </Button>
      <Dialog
        open={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => end.run(undefined)}
        title={t(isRunning ? 'flash.endAsk' : 'flash.cancelAsk')}
        confirmLabel={t(isRunning ? 'flash.end' : 'flash.cancel')}
        tone="danger"
        busy={end.busy}
      >
        {t('flash.endHint')}
      </Dialog>
    </div>
  )
}
