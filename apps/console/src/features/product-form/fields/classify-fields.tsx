import type { OwnProduct } from '@kaibo/contract/goods/catalog'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { Select, TreeSelect } from 'antd'
import { useState } from 'react'
import { useMyShop } from '../../account/workplace.tsx'
import { Labelled } from '../../goods/labelled.tsx'
import { treeOf } from '../../goods/model.ts'
import { useBrands, useCategories, useTags } from '../../goods/use-goods.ts'
import type { ProductFields } from '../form-model.ts'

type ClassifyFieldsProps = {
  product: OwnProduct | null
  form: ProductFields
  onChange: (fields: Partial<ProductFields>) => void
}

/** Where buyers find it: category, brand, and the shop's own tags. */
export function ClassifyFields({ product, form, onChange }: ClassifyFieldsProps) {
  const t = useT()
  const [language] = useLanguage()
  const { id: shopId } = useMyShop()
  const [brandText, setBrandText] = useState('')
  const categories = useCategories()
  const brands = useBrands(brandText)
  const tags = useTags(shopId)
  const found = brands.data?.items ?? []
  // The one that is chosen has a name also when the search does not show it.
  const known = product?.brand && !found.some(({ id }) => id === product.brand?.id)
  const brandOptions = [...(known && product.brand ? [product.brand] : []), ...found]
  return (
    <div className="form-pair">
      <Labelled label={t('product.category')} optional>
        {own => (
          <TreeSelect
            {...own}
            allowClear
            showSearch={{ treeNodeFilterProp: 'title' }}
            treeData={treeOf(categories.data?.items ?? [], language)}
            value={form.categoryId ?? undefined}
            onChange={(categoryId: string | undefined) =>
              onChange({ categoryId: categoryId ?? null })
            }
          />
        )}
      </Labelled>
      <Labelled label={t('product.brand')} optional>
        {own => (
          <Select
            {...own}
            allowClear
            showSearch={{ filterOption: false, onSearch: setBrandText }}
            options={brandOptions.map(({ id, name }) => ({ value: id, label: name }))}
            value={form.brandId ?? undefined}
            onChange={(brandId: string | undefined) => onChange({ brandId: brandId ?? null })}
          />
        )}
      </Labelled>
      <Labelled label={t('product.tags')} optional>
        {own => (
          <Select
            {...own}
            mode="multiple"
            maxCount={20}
            options={(tags.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            value={form.tagIds}
            onChange={(tagIds: string[]) => onChange({ tagIds })}
          />
        )}
      </Labelled>
    </div>
  )
}
