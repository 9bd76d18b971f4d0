import type { DocumentType } from '@kaibo/contract/document-type'
import { newId } from '@kaibo/kernel/ids'
import { TextareaField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { NameFields } from '../goods/name-form.tsx'
import { PlainTablePage } from '../goods/plain-table-page.tsx'
import { documentTypesKey } from '../goods/use-goods.ts'

/** Kinds of documents that categories may ask for. */
export function DocumentTypesPage() {
  const t = useT()
  return (
    <PlainTablePage<DocumentType>
      words="documentTypes"
      queryKey={documentTypesKey}
      list={api.documentType.list}
      blank={() => ({ id: newId(), name: '', nameEn: '', hint: '' })}
      columns={[
        { key: 'name', title: t('goods.name'), cell: ({ name }) => <b>{name}</b> },
        { key: 'nameEn', title: t('goods.nameEn'), cell: ({ nameEn }) => nameEn },
        {
          key: 'hint',
          title: t('documentTypes.hintLabel'),
          cell: ({ hint }) => <span className="k-muted k-clamp">{hint}</span>,
        },
      ]}
      fields={(row, change) => (
        <>
          <NameFields name={row.name} nameEn={row.nameEn} onChange={change} />
          <TextareaField
            label={t('documentTypes.hintLabel')}
            optional
            value={row.hint}
            maxLength={200}
            onChange={event => change({ hint: event.target.value })}
          />
        </>
      )}
      create={api.documentType.create}
      update={api.documentType.update}
      remove={({ id }) => api.documentType.remove({ id })}
      canChange
    />
  )
}
