import type { QualificationDocument } from '@kaibo/contract/goods/qualification'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useState } from 'react'
import { ResourcePage } from '../../components/list/resource-page.tsx'
import { useFilters } from '../../components/list/use-filters.ts'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { Decision } from '../reviews/decision.tsx'
import { useColumns } from './columns.tsx'
import './documents.css'

const queueKey = ['document-queue'] as const
const states = ['pending', 'approved', 'rejected'] as const

/** Documents of all shops, for the platform to judge. */
export function DocumentQueuePage() {
  const t = useT()
  const [filters, change] = useFilters({ state: 'pending' })
  const [opened, setOpened] = useState<QualificationDocument | null>(null)
  const state = states.find(each => each === filters.state) ?? 'pending'
  const columns = useColumns()
  return (
    <ResourcePage<QualificationDocument, 'state'>
      id="document-queue"
      title={t('documentQueue.title')}
      hint={t('documentQueue.hint')}
      filters={filters}
      onFilter={change}
      tabs={{
        filter: 'state',
        label: t('reviews.byState'),
        items: states.map(id => ({ id, label: t(`documentQueue.state.${id}`) })),
      }}
      queryKey={queueKey}
      ask={page => api.qualification.queue({ ...page, state })}
      columns={[
        { key: 'shop', title: t('reviews.shop'), cell: ({ shop }) => shop.name },
        ...columns,
      ]}
      rowKey={document => document.id}
      rowName={document => `${document.shop.name} ${document.typeName}`}
      card={document => (
        <>
          <b>{document.shop.name}</b>
          <span>{document.typeName}</span>
        </>
      )}
      onOpen={setOpened}
      empty={<Empty icon="check" title={t(`documentQueue.empty.${state}`)} />}
    >
      <SideDrawer
        open={opened !== null}
        onClose={() => setOpened(null)}
        title={opened && `${opened.shop.name} · ${opened.typeName}`}
      >
        {opened && <Judged document={opened} onClose={() => setOpened(null)} />}
      </SideDrawer>
    </ResourcePage>
  )
}

function Judged({ document, onClose }: { document: QualificationDocument; onClose: () => void }) {
  const t = useT()
  const decide = useActionOf(
    (decision: { isApproved: boolean; reason: string }) =>
      api.qualification.decide({ id: document.id, ...decision }),
    {
      refresh: [queueKey],
      onDone: ({ standing }) => {
        toast.success(t(standing === 'rejected' ? 'reviews.rejected' : 'reviews.approved'))
        onClose()
      },
    },
  )
  return (
    <div className="k-stack">
      <p>
        {t('documents.number')} <b className="k-num">{document.number}</b>
      </p>
      <p>
        {t('documents.expires')}{' '}
        <b className="k-num">{document.expiresOn ?? t('documents.endless')}</b>
      </p>
      {document.fileUrls.map((url, index) => (
        <img
          key={url}
          className="document-large"
          src={url}
          alt={t('documents.file', { number: index + 1 })}
        />
      ))}
      {document.standing === 'pending' && <Decision busy={decide.busy} onDecide={decide.run} />}
    </div>
  )
}
