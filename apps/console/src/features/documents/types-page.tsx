import type { DocumentType } from '@kaibo/contract/goods/document-type'
import { newId } from '@kaibo/kernel/ids'
import { TextareaField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { PlainTablePage, useNameColumns } from '../goods/plain-table-page.tsx'
import { documentTypesKey } from '../goods/use-goods.ts'

/** Kinds of documents that categories may ask for. */
export function DocumentTypesPage() {
  const t = useT()
  const names = useNameColumns<DocumentType>()
  return (
    <PlainTablePage<DocumentType>
      words="documentTypes"
      queryKey={documentTypesKey}
      resource={api.documentType}
      blank={() => ({ id: newId(), name: '', nameEn: '', hint: '' })}
      columns={[
        ...names,
        {
          key: 'hint',
          title: t('documentTypes.hintLabel'),
          cell: ({ hint }) => <span className="k-muted k-clamp">{hint}</span>,
        },
      ]}
      fields={(row, change) => (
        <TextareaField
          label={t('documentTypes.hintLabel')}
          optional
          value={row.hint}
          maxLength={200}
          onChange={event => change({ hint: event.target.value })}
        />
      )}
    />
  )
}
