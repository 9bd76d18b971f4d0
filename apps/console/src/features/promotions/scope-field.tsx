import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Field } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { Select, Tag } from 'antd'
import { useState } from 'react'
import { ProductPicker } from '../../components/form/product-picker.tsx'
import { inTreeOrder, type ScopeDraft } from './draft.ts'
import './scope-field.css'

type ScopeFieldProps = {
  /** Null for an offer of the platform: it knows no products or tags, which are a shop's own. */
  shopId: string | null
  scope: ScopeDraft
  onChange: (scope: ScopeDraft) => void
  error?: string | undefined
}

const sorts = ['all', 'products', 'categories', 'brands', 'tags'] as const
const platformSorts = ['all', 'categories', 'brands'] as const
type Listed = Exclude<ScopeDraft['only'], 'all' | 'products'>

/** Which goods an offer is about. */
export function ScopeField({ shopId, scope, onChange, error }: ScopeFieldProps) {
  const t = useT()
  const { only, ids } = scope
  return (
    <section className="k-stack">
      <Choices
        label={t('promotions.scope.label')}
        options={(shopId ? sorts : platformSorts).map(value => ({
          value,
          label: t(`promotions.scope.${value}`),
        }))}
        value={only}
        onChange={next => onChange({ only: next, ids: [], products: [] })}
      />
      {shopId && only === 'products' && (
        <Products shopId={shopId} scope={scope} onChange={onChange} />
      )}
      {only !== 'all' && only !== 'products' && (
        <Marks
          shopId={shopId}
          only={only}
          ids={ids}
          onChange={next => onChange({ ...scope, ids: next })}
        />
      )}
      {error && (
        <p className="scope-error" role="alert">
          {error}
        </p>
      )}
    </section>
  )
}

type ProductsProps = Pick<ScopeFieldProps, 'scope' | 'onChange'> & { shopId: string }

function Products({ shopId, scope, onChange }: ProductsProps) {
  const t = useT()
  const [isPicking, setPicking] = useState(false)
  const nameOf = (id: string) =>
    scope.products.find(product => product.id === id)?.title ?? t('promotions.scope.gone')
  return (
    <div className="scope-products">
      {scope.ids.map(id => (
        <Tag
          key={id}
          closable
          onClose={() => onChange({ ...scope, ids: scope.ids.filter(other => other !== id) })}
        >
          {nameOf(id)}
        </Tag>
      ))}
      <Button size="s" icon="plus" onClick={() => setPicking(true)}>
        {t('promotions.scope.add')}
      </Button>
      <ProductPicker
        open={isPicking}
        shopId={shopId}
        onClose={() => setPicking(false)}
        onPick={cards =>
          onChange({
            ...scope,
            ids: [...new Set([...scope.ids, ...cards.map(card => card.id)])].slice(0, 200),
            products: [...scope.products, ...cards],
          })
        }
      />
    </div>
  )
}

type MarksProps = {
  shopId: string | null
  only: Listed
  ids: readonly string[]
  onChange: (ids: string[]) => void
}

function Marks({ shopId, only, ids, onChange }: MarksProps) {
  const t = useT()
  const options = useMarks(shopId, only)
  return (
    <Field label={t(`promotions.scope.${only}`)}>
      {control => (
        <Select
          {...control}
          mode="multiple"
          className="scope-select"
          variant="borderless"
          value={[...ids]}
          options={options}
          optionFilterProp="label"
          placeholder={t('promotions.scope.choose')}
          notFoundContent={t('promotions.scope.none')}
          onChange={onChange}
        />
      )}
    </Field>
  )
}

const listMax = 100

/** Everything that a scope can name, in the language of the page. */
function useMarks(shopId: string | null, only: Listed): { value: string; label: string }[] {
  const [language] = useLanguage()
  const { data } = useQueryOf(['scope-marks', shopId, only], async () => {
    if (only === 'categories') return inTreeOrder((await api.category.tree({})).items)
    if (only === 'brands') return (await api.brand.list({ limit: listMax })).items
    return shopId ? (await api.tag.list({ shopId, limit: listMax })).items : []
  })
  return (data ?? []).map(mark => {
    const nameEn = 'nameEn' in mark ? mark.nameEn : ''
    const depth = 'path' in mark ? mark.path.length - 1 : 0
    const name = language === 'en' && nameEn !== '' ? nameEn : mark.name
    return { value: mark.id, label: `${'　'.repeat(depth)}${name}` }
  })
}
