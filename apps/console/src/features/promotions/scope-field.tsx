import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Field } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { Select, Tag } from 'antd'
import { useState } from 'react'
import { ProductPicker } from '../../components/form/product-picker.tsx'
import { useMyShop } from '../account/workplace.tsx'
import { inTreeOrder, type ScopeDraft } from './draft.ts'

type ScopeFieldProps = {
  scope: ScopeDraft
  onChange: (scope: ScopeDraft) => void
  error?: string | undefined
}

const sorts = ['all', 'products', 'categories', 'brands', 'tags'] as const
type Listed = Exclude<ScopeDraft['only'], 'all' | 'products'>

/** Which goods of the shop a promotion is about. */
export function ScopeField({ scope, onChange, error }: ScopeFieldProps) {
  const t = useT()
  const { only, ids } = scope
  return (
    <section className="k-stack">
      <Choices
        label={t('promotions.scope.label')}
        options={sorts.map(value => ({ value, label: t(`promotions.scope.${value}`) }))}
        value={only}
        onChange={next => onChange({ only: next, ids: [], products: [] })}
      />
      {only === 'products' && <Products scope={scope} onChange={onChange} />}
      {only !== 'all' && only !== 'products' && (
        <Marks only={only} ids={ids} onChange={next => onChange({ ...scope, ids: next })} />
      )}
      {error && (
        <p className="goods-error" role="alert">
          {error}
        </p>
      )}
    </section>
  )
}

function Products({ scope, onChange }: ScopeFieldProps) {
  const t = useT()
  const shop = useMyShop()
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
        shopId={shop.id}
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

type MarksProps = { only: Listed; ids: readonly string[]; onChange: (ids: string[]) => void }

function Marks({ only, ids, onChange }: MarksProps) {
  const t = useT()
  const options = useMarks(only)
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
function useMarks(only: Listed): { value: string; label: string }[] {
  const shop = useMyShop()
  const [language] = useLanguage()
  const { data } = useQueryOf(['scope-marks', shop.id, only], async () => {
    if (only === 'categories') return inTreeOrder((await api.category.tree({})).items)
    if (only === 'brands') return (await api.brand.list({ limit: listMax })).items
    return (await api.tag.list({ shopId: shop.id, limit: listMax })).items
  })
  return (data ?? []).map(mark => {
    const nameEn = 'nameEn' in mark ? mark.nameEn : ''
    const depth = 'path' in mark ? mark.path.length - 1 : 0
    const name = language === 'en' && nameEn !== '' ? nameEn : mark.name
    return { value: mark.id, label: `${'　'.repeat(depth)}${name}` }
  })
}
