import type { Brand } from '@kaibo/contract/brand'
import { newId } from '@kaibo/kernel/ids'
import { api } from '@kaibo/ui/data/api.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { NameFields } from '../goods/name-form.tsx'
import { PlainTablePage } from '../goods/plain-table-page.tsx'
import { brandsKey } from '../goods/use-goods.ts'
import { LogoField } from './logo-field.tsx'

/** The platform's brands. */
export function BrandsPage() {
  const t = useT()
  return (
    <PlainTablePage<Brand>
      words="brands"
      queryKey={brandsKey}
      list={api.brand.list}
      blank={() => ({ id: newId(), name: '', nameEn: '', logoFileId: null })}
      columns={[
        {
          key: 'logo',
          title: t('brands.logo'),
          widthPx: 80,
          cell: ({ logoFileId }) =>
            logoFileId && <img className="thumb" src={`/api/files/${logoFileId}`} alt="" />,
        },
        { key: 'name', title: t('goods.name'), cell: ({ name }) => <b>{name}</b> },
        { key: 'nameEn', title: t('goods.nameEn'), cell: ({ nameEn }) => nameEn },
      ]}
      fields={(row, change) => (
        <>
          <NameFields name={row.name} nameEn={row.nameEn} onChange={change} />
          <LogoField fileId={row.logoFileId} onChange={logoFileId => change({ logoFileId })} />
        </>
      )}
      create={api.brand.create}
      update={api.brand.update}
      remove={({ id }) => api.brand.remove({ id })}
      canChange
    />
  )
}
