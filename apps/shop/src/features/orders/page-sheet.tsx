import type { Order } from '@kaibo/contract/trade/order'
import { api } from '@kaibo/ui/data/api.tsx'
import { useErrorSentence, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { Detail } from '../product/detail.tsx'
import '../product/product.css'

type PageSheetProps = { order: Order; lineId: string | null; onClose: () => void }

/** The page of something that was bought, as it stood then. */
export function PageSheet({ order, lineId, onClose }: PageSheetProps) {
  const t = useT()
  return (
    <Sheet open={lineId !== null} onClose={onClose} title={t('order.page')} theme="paper" tall>
      {lineId && <PageAsBought order={order} lineId={lineId} />}
    </Sheet>
  )
}

function PageAsBought({ order, lineId }: { order: Order; lineId: string }) {
  const t = useT()
  const format = useFormat()
  const sentence = useErrorSentence()
  const { data: page, error } = useQueryOf(['order-page', lineId], () =>
    api.order.page({ id: order.id, lineId }),
  )
  if (error) return <Empty icon="warning" title={sentence(error)} />
  if (!page) return <SkeletonList rows={4} />
  const [pictureUrl] = page.pictureUrls
  return (
    <article className="k-stack order-page">
      <p className="k-muted">{t('order.pageAt', { at: format.dateTime(page.at) })}</p>
      {pictureUrl && <img src={pictureUrl} alt="" />}
      <h2>{page.title}</h2>
      {page.subtitle && <p className="k-muted">{page.subtitle}</p>}
      <Detail html={page.detail} text={page.description} />
    </article>
  )
}
