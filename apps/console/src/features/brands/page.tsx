import type { Brand } from '@kaibo/contract/goods/brand'
import { newId } from '@kaibo/kernel/ids'
import { api } from '@kaibo/ui/data/api.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { PlainTablePage, useNameColumns } from '../goods/plain-table-page.tsx'
import { brandsKey } from '../goods/use-goods.ts'
import { LogoField } from './logo-field.tsx'

/** The platform's brands. */
export function BrandsPage() {
  const t = useT()
  const names = useNameColumns<Brand>()
  return (
    <PlainTablePage<Brand>
      words="brands"
      queryKey={brandsKey}
      resource={api.brand}
      blank={() => ({ id: newId(), name: '', nameEn: '', logoFileId: null })}
      columns={[
        {
          key: 'logo',
          title: t('brands.logo'),
          widthPx: 80,
          cell: ({ logoFileId }) =>
            logoFileId && <img className="thumb" src={`/api/files/${logoFileId}`} alt="" />,
        },
        ...names,
      ]}
      fields={(row, change) => (
        <LogoField fileId={row.logoFileId} onChange={logoFileId => change({ logoFileId })} />
      )}
    />
  )
}
