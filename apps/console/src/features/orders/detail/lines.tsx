import type { Order, OrderLine } from '@kaibo/contract/trade/order'
import { api } from '@kaibo/ui/data/api.tsx'
import { useErrorSentence, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Price } from '@kaibo/ui/display/price.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { Modal } from 'antd'
import { useState } from 'react'
import { specText } from '../model.ts'

/** What was bought, why it cost so much, and the page as it stood then. */
export function OrderLines({ order }: { order: Order }) {
  const t = useT()
  const [shown, setShown] = useState<OrderLine>()
  return (
    <section className="section">
      <h2>{t('order.lines')}</h2>
      <ul className="order-lines">
        {order.lines.map(line => (
          <li key={line.id}>
            {line.pictureUrl && <img className="thumb" src={line.pictureUrl} alt="" />}
            <div className="order-line-words">
              <span>{line.title}</span>
              <small className="k-muted">{specText(line.spec)}</small>
              <LineParts line={line} />
              <button type="button" className="text-button" onClick={() => setShown(line)}>
                {t('order.page')}
              </button>
            </div>
            <div className="order-line-sum">
              <Price fen={line.payableFen} size="s" tone="plain" />
              <small className="k-muted k-num">
                <Price fen={line.listPriceFen} size="s" tone="plain" /> ×{line.quantity}
              </small>
              {line.shippedQuantity > 0 && line.shippedQuantity < line.quantity && (
                <small className="k-num">
                  {t('order.sentOf', { sent: line.shippedQuantity, count: line.quantity })}
                </small>
              )}
            </div>
          </li>
        ))}
      </ul>
      <Modal
        open={shown !== undefined}
        onCancel={() => setShown(undefined)}
        title={t('order.page')}
        footer={null}
        destroyOnHidden
      >
        {shown && <PageAsBought order={order} lineId={shown.id} />}
      </Modal>
    </section>
  )
}

function LineParts({ line }: { line: OrderLine }) {
  const t = useT()
  return line.parts.map(part => (
    <small key={`${part.kind} ${part.offerId}`} className="k-muted">
      {t(`part.${part.kind}`)} {part.kind !== 'manual' && part.kind !== 'points' && part.title} −
      <Price fen={part.offFen} size="s" tone="plain" />
    </small>
  ))
}

function PageAsBought({ order, lineId }: { order: Order; lineId: string }) {
  const t = useT()
  const format = useFormat()
  const sentence = useErrorSentence()
  const { data: page, error } = useQueryOf(['order-page', lineId], () =>
    api.orderdesk.page({ shopId: order.shop.id, id: order.id, lineId }),
  )
  if (error) return <p className="k-muted">{sentence(error)}</p>
  if (!page) return <SkeletonList rows={3} />
  const [pictureUrl] = page.pictureUrls
  return (
    <article className="k-stack">
      <p className="k-muted">{t('order.pageAt', { at: format.dateTime(page.at) })}</p>
      {pictureUrl && <img className="page-picture" src={pictureUrl} alt="" />}
      <h3>{page.title}</h3>
      {page.subtitle && <p className="k-muted">{page.subtitle}</p>}
      <p className="page-words">{page.description}</p>
    </article>
  )
}
