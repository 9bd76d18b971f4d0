import type { ReviewCase } from '@kaibo/contract/goods/review'
import { api } from '@kaibo/ui/data/api.tsx'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import { ResourcePage } from '../../components/list/resource-page.tsx'
import { useFilters } from '../../components/list/use-filters.ts'
import { reviewsKey } from '../goods/use-goods.ts'
import { CaseDrawer } from './case-drawer.tsx'

const states = ['open', 'approved', 'rejected', 'withdrawn'] as const
const tones = { open: 'info', approved: 'success', rejected: 'danger', withdrawn: 'plain' } as const

/** Products that wait for the platform, longest waiting first. */
export function ReviewsPage() {
  const t = useT()
  const { dateTime } = useFormat()
  const [filters, change] = useFilters({ state: 'open' })
  const [openId, setOpenId] = useState<string | null>(null)
  const state = states.find(each => each === filters.state) ?? 'open'
  return (
    <ResourcePage<ReviewCase, 'state'>
      id="reviews"
      title={t('reviews.title')}
      hint={t('reviews.hint')}
      filters={filters}
      onFilter={change}
      tabs={{
        filter: 'state',
        label: t('reviews.byState'),
        items: states.map(id => ({ id, label: t(`reviews.state.${id}`) })),
      }}
      queryKey={reviewsKey}
      ask={page => api.review.queue({ ...page, state })}
      columns={[
        {
          key: 'title',
          title: t('reviews.product'),
          cell: ({ title, isChange }) => (
            <div className="review-name">
              <b>{title}</b>
              <small className="k-muted">
                {t(isChange ? 'reviews.isChange' : 'reviews.isNew')}
              </small>
            </div>
          ),
        },
        { key: 'shop', title: t('reviews.shop'), cell: ({ shop }) => shop.name },
        {
          key: 'at',
          title: t('reviews.submittedAt'),
          cell: ({ submittedAt }) => <span className="k-num">{dateTime(submittedAt)}</span>,
        },
        {
          key: 'state',
          title: t('reviews.stateLabel'),
          cell: row => <Badge tone={tones[row.state]}>{t(`reviews.state.${row.state}`)}</Badge>,
        },
      ]}
      rowKey={row => row.id}
      rowName={row => row.title}
      card={row => (
        <>
          <b className="k-clamp">{row.title}</b>
          <span className="k-muted">{row.shop.name}</span>
        </>
      )}
      onOpen={row => setOpenId(row.id)}
      empty={<Empty icon="check" title={t(`reviews.empty.${state}`)} />}
    >
      <CaseDrawer id={openId} onClose={() => setOpenId(null)} />
    </ResourcePage>
  )
}
