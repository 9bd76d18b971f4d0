import type { QualificationDocument } from '@kaibo/contract/goods/qualification'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { useState } from 'react'
import { ResourcePage } from '../../components/list/resource-page.tsx'
import { useFilters } from '../../components/list/use-filters.ts'
import { useMyShop, useWorkplace } from '../account/workplace.tsx'
import { documentsKey } from '../goods/use-goods.ts'
import { DocumentCard, useColumns } from './columns.tsx'
import { DocumentForm } from './document-form.tsx'
import './documents.css'

/** The papers of the shop: what is good, what ends soon, what was rejected. */
export function DocumentsPage() {
  const t = useT()
  const { id: shopId } = useMyShop()
  const { can } = useWorkplace()
  const [filters, change] = useFilters({})
  const [isNew, setNew] = useState(false)
  const [removed, setRemoved] = useState<QualificationDocument | null>(null)
  const columns = useColumns()
  const withdraw = useActionOf(
    (document: QualificationDocument) => api.qualification.withdraw({ shopId, id: document.id }),
    { refresh: [documentsKey(shopId), ['shop', shopId]], onDone: () => setRemoved(null) },
  )
  const canManage = can('catalog.manage')
  const withdrawOf = (document: QualificationDocument) =>
    canManage && (
      <Button size="s" onClick={() => setRemoved(document)}>
        {t('documents.withdraw')}
      </Button>
    )
  return (
    <ResourcePage<QualificationDocument, never>
      id="documents"
      title={t('documents.title')}
      hint={t('documents.hint')}
      newLabel={t('documents.new')}
      onNew={canManage ? () => setNew(true) : undefined}
      filters={filters}
      onFilter={change}
      queryKey={documentsKey(shopId)}
      ask={page => api.qualification.list({ shopId, ...page })}
      columns={[
        ...columns,
        {
          key: 'actions',
          title: t('documents.actions'),
          cell: withdrawOf,
        },
      ]}
      rowKey={document => document.id}
      rowName={document => document.typeName}
      card={document => <DocumentCard document={document}>{withdrawOf(document)}</DocumentCard>}
      empty={<Empty icon="check" title={t('documents.empty')} />}
    >
      {isNew && <DocumentForm shopId={shopId} onClose={() => setNew(false)} />}
      <Dialog
        open={removed !== null}
        onClose={() => setRemoved(null)}
        onConfirm={() => removed && withdraw.run(removed)}
        busy={withdraw.busy}
        tone="danger"
        title={t('documents.withdrawTitle', { name: removed?.typeName ?? '' })}
        confirmLabel={t('documents.withdraw')}
      >
        {t('documents.withdrawBody')}
      </Dialog>
    </ResourcePage>
  )
}
