import type { OwnProduct } from '@kaibo/contract/catalog'
import { useT } from '@kaibo/ui/i18n.ts'
import { Alert } from 'antd'
import { Link } from 'wouter'

/** What stands between this product and the shelf. */
export function Notices({ product }: { product: OwnProduct }) {
  const t = useT()
  const { review, missingDocuments, scheduleProblem } = product
  const kinds = missingDocuments.map(({ name }) => name).join(t('product.and'))
  return (
    <>
      {review?.state === 'open' && (
        <Alert
          type="info"
          showIcon
          title={t(review.isChange ? 'product.notice.changeWaits' : 'product.notice.waits')}
        />
      )}
      {review?.state === 'rejected' && (
        <Alert
          type="error"
          showIcon
          title={t('product.notice.rejected', { reason: review.reason })}
        />
      )}
      {missingDocuments.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('product.notice.missing', { kinds })}
          action={<Link href="/documents">{t('product.notice.toDocuments')}</Link>}
        />
      )}
      {scheduleProblem && (
        <Alert type="warning" showIcon title={t('product.notice.scheduleFailed')} />
      )}
    </>
  )
}
