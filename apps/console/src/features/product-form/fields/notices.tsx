import type { OwnProduct } from '@kaibo/contract/goods/catalog'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useWorkplace } from '../../account/workplace.tsx'
import { specText } from '../../stock/model.ts'
import { undeliverable } from '../../virtual/model.ts'
import { virtualKey } from '../../virtual/use-virtual.ts'
import { skuCountMax } from '../spec-model.ts'

/** What stands between this product and the shelf. */
export function Notices({ product }: { product: OwnProduct }) {
  const t = useT()
  const { review, missingDocuments, scheduleProblem } = product
  const kinds = missingDocuments.map(({ name }) => name).join(t('product.and'))
  return (
    <>
      {review?.state === 'open' && (
        <Notice tone="info">
          {t(review.isChange ? 'product.notice.changeWaits' : 'product.notice.waits')}
        </Notice>
      )}
      {review?.state === 'rejected' && (
        <Notice tone="danger">{t('product.notice.rejected', { reason: review.reason })}</Notice>
      )}
      {missingDocuments.length > 0 && (
        <Notice tone="warning">
          {t('product.notice.missing', { kinds })}
          <Link href="/documents">{t('product.notice.toDocuments')}</Link>
        </Notice>
      )}
      {product.isVirtual && <DeliveryNotice product={product} />}
      {scheduleProblem && <Notice tone="warning">{t('product.notice.scheduleFailed')}</Notice>}
    </>
  )
}

/** A virtual product that nobody can buy yet: what is missing, and where it is set. */
function DeliveryNotice({ product }: { product: OwnProduct }) {
  const t = useT()
  const { can } = useWorkplace()
  const { id: productId, shopId } = product
  const { data } = useQueryOf(
    [...virtualKey(shopId), productId],
    () => api.virtual.list({ shopId, productId, limit: skuCountMax }),
    { enabled: can('stock.manage') },
  )
  const missing = data ? undeliverable(product, data.items) : []
  const [first] = missing
  if (!first) return null
  const names = missing.map(sku => specText(sku.spec) || product.title).join(t('product.and'))
  return (
    <Notice tone="warning">
      {t('product.notice.undeliverable', { names })}
      <Link href={`/virtual?product=${productId}&sku=${first.id}`}>
        {t('product.notice.toDelivery')}
      </Link>
    </Notice>
  )
}

const Notice = (props: { tone: 'info' | 'warning' | 'danger'; children: ReactNode }) => (
  <p className="notice" data-tone={props.tone}>
    <Icon name="warning" />
    {props.children}
  </p>
)
