import type { OwnProduct } from '@kaibo/contract/catalog'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import type { ReactNode } from 'react'
import { Link } from 'wouter'

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
      {scheduleProblem && <Notice tone="warning">{t('product.notice.scheduleFailed')}</Notice>}
    </>
  )
}

const Notice = (props: { tone: 'info' | 'warning' | 'danger'; children: ReactNode }) => (
  <p className="notice" data-tone={props.tone}>
    <Icon name="warning" />
    {props.children}
  </p>
)
