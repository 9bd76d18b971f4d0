import type { ProductPage } from '@kaibo/contract/goods/catalog'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useErrorSentence, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Price } from '@kaibo/ui/display/price.tsx'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { Skeleton, SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { lazy, Suspense } from 'react'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { reviewsKey } from '../goods/use-goods.ts'
import { Decision } from './decision.tsx'
import './reviews.css'

const DetailText = lazy(async () => ({
  default: (await import('../product-form/preview/detail-text.tsx')).DetailText,
}))

/** What was handed in beside what buyers see now, and the decision about it. */
export function CaseDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const t = useT()
  return (
    <SideDrawer open={id !== null} onClose={onClose} title={t('reviews.case')}>
      {id && <Case id={id} onClose={onClose} />}
    </SideDrawer>
  )
}

function Case({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT()
  const sentence = useErrorSentence()
  const { data, error, refetch } = useQueryOf([...reviewsKey, 'one', id], () =>
    api.review.view({ id }),
  )
  const decide = useActionOf(
    (decision: { isApproved: boolean; reason: string }) => api.review.decide({ id, ...decision }),
    {
      refresh: [reviewsKey],
      onDone: ({ state }) => {
        toast.success(t(`reviews.state.${state}`))
        onClose()
      },
    },
  )
  if (error) return <ErrorState onRetry={() => void refetch()}>{sentence(error)}</ErrorState>
  if (!data) return <SkeletonList rows={5} />
  return (
    <div className="k-stack">
      {data.present && <PageOf page={data.present} title={t('reviews.present')} />}
      <PageOf page={data.proposed} title={t('reviews.proposed')} />
      {data.case.state === 'open' ? (
        <Decision busy={decide.busy} onDecide={decide.run} />
      ) : (
        <p className="k-muted">{data.case.reason}</p>
      )}
    </div>
  )
}

function PageOf({ page, title }: { page: ProductPage; title: string }) {
  const t = useT()
  return (
    <section className="k-card review-page">
      <h3>{title}</h3>
      <b>{page.title}</b>
      {page.subtitle && <span className="k-muted">{page.subtitle}</span>}
      <p className="k-muted">
        {[page.brandName, ...page.categoryNames].filter(Boolean).join(' / ')}
      </p>
      <div className="review-pictures">
        {page.videoUrl && (
          <video src={page.videoUrl} controls muted preload="metadata" aria-label={page.title} />
        )}
        {page.pictureUrls.map(url => (
          <img key={url} src={url} alt="" loading="lazy" />
        ))}
      </div>
      <ul className="review-skus">
        {page.skus.map(sku => (
          <li key={sku.id}>
            <span>{Object.values(sku.spec).join(' · ') || t('reviews.single')}</span>
            <Price fen={sku.priceFen} size="s" tone="plain" />
          </li>
        ))}
      </ul>
      {page.noReturn && <p>{t(`product.noReturnKind.${page.noReturn}`)}</p>}
      {page.description && <p className="preview-text">{page.description}</p>}
      {page.detail && (
        <Suspense fallback={<Skeleton height="120px" />}>
          <DetailText html={page.detail} />
        </Suspense>
      )}
    </section>
  )
}
