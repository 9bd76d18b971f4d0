import type { SearchFacets } from '@kaibo/contract/goods/search'
import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { type ReactNode, useState } from 'react'
import { useCategoryNames } from '../category/use-tree.ts'
import { changed, fenOfYuan, toggled, type Wanted } from './model.ts'

type FilterPanelProps = {
  wanted: Wanted
  facets: SearchFacets | undefined
  onWanted: (wanted: Wanted) => void
}

/** Everything that narrows a list; each choice works at once and tells how many it leaves. */
export function FilterPanel({ wanted, facets, onWanted }: FilterPanelProps) {
  const t = useT()
  const nameOf = useCategoryNames()
  const change = (fields: Parameters<typeof changed>[1]) => onWanted(changed(wanted, fields))
  const isPrice = (minFen: number, maxFen: number | null) =>
    wanted.priceMinFen === minFen && (wanted.priceMaxFen ?? null) === maxFen
  return (
    <div className="filter-panel">
      <Switch
        label={t('search.inStock')}
        checked={wanted.inStock === true}
        onChange={checked => change({ inStock: checked || undefined })}
      />
      <Values
        title={t('search.brands')}
        values={facets?.brands ?? []}
        isOn={id => wanted.brandIds?.split(',').includes(id) ?? false}
        onPress={id => change({ brandIds: toggled(wanted.brandIds, id) })}
      />
      <Values
        title={t('search.categories')}
        values={(facets?.categories ?? []).map(each => ({ ...each, name: nameOf(each.id) }))}
        isOn={id => wanted.categoryId === id}
        onPress={id => change({ categoryId: wanted.categoryId === id ? undefined : id })}
      />
      <section className="filter-values">
        <h3>{t('search.price')}</h3>
        <PriceRange
          key={`${wanted.priceMinFen}-${wanted.priceMaxFen}`}
          wanted={wanted}
          onChange={change}
        />
        <ul>
          {(facets?.prices ?? []).map(({ minFen, maxFen, count }) => (
            <Pill
              key={minFen}
              isOn={isPrice(minFen, maxFen)}
              count={count}
              onPress={() =>
                change(
                  isPrice(minFen, maxFen)
                    ? { priceMinFen: undefined, priceMaxFen: undefined }
                    : { priceMinFen: minFen, priceMaxFen: maxFen ?? undefined },
                )
              }
            >
              <RangeText minFen={minFen} maxFen={maxFen} />
            </Pill>
          ))}
        </ul>
      </section>
      <Values
        title={t('search.tags')}
        values={facets?.tags ?? []}
        isOn={id => wanted.tags?.split(',').includes(id) ?? false}
        onPress={id => change({ tags: toggled(wanted.tags, id) })}
      />
    </div>
  )
}

function RangeText({ minFen, maxFen }: { minFen: number; maxFen: number | null }) {
  const t = useT()
  const format = useFormat()
  if (maxFen === null) return t('search.priceFrom', { from: format.fen(minFen) })
  return t('search.priceRange', { from: minFen / 100, to: Math.ceil(maxFen / 100) })
}

type ValuesProps = {
  title: string
  values: readonly { id: string; name: string | undefined; count: number }[]
  isOn: (id: string) => boolean
  onPress: (id: string) => void
}

function Values({ title, values, isOn, onPress }: ValuesProps) {
  const named = values.filter(value => value.name)
  if (named.length === 0) return null
  return (
    <section className="filter-values">
      <h3>{title}</h3>
      <ul>
        {named.map(({ id, name, count }) => (
          <Pill key={id} isOn={isOn(id)} count={count} onPress={() => onPress(id)}>
            {name}
          </Pill>
        ))}
      </ul>
    </section>
  )
}

type PillProps = { isOn: boolean; count: number; onPress: () => void; children: ReactNode }

const Pill = ({ isOn, count, onPress, children }: PillProps) => (
  <li>
    <button type="button" className="filter-pill" aria-pressed={isOn} onClick={onPress}>
      <span>{children}</span>
      <small className="k-num">{count}</small>
    </button>
  </li>
)

type PriceRangeProps = {
  wanted: Wanted
  onChange: (fields: Pick<Parameters<typeof changed>[1], 'priceMinFen' | 'priceMaxFen'>) => void
}

/** From … to …, in yuan; taken over when one leaves the field or presses Enter. */
function PriceRange({ wanted, onChange }: PriceRangeProps) {
  const t = useT()
  const text = (amount: number | undefined) => (amount === undefined ? '' : String(amount / 100))
  const [min, setMin] = useState(text(wanted.priceMinFen))
  const [max, setMax] = useState(text(wanted.priceMaxFen))
  const apply = () => {
    const [priceMinFen, priceMaxFen] = [fenOfYuan(min) ?? undefined, fenOfYuan(max) ?? undefined]
    if (priceMinFen !== wanted.priceMinFen || priceMaxFen !== wanted.priceMaxFen)
      onChange({ priceMinFen, priceMaxFen })
  }
  const field = (label: string, value: string, onText: (value: string) => void) => (
    <input
      inputMode="decimal"
      aria-label={label}
      placeholder={label}
      value={value}
      maxLength={11}
      onChange={event => onText(event.target.value)}
      onBlur={apply}
      onKeyDown={event => event.key === 'Enter' && apply()}
    />
  )
  return (
    <p className="filter-range">
      {field(t('search.priceMin'), min, setMin)}
      <span aria-hidden="true">–</span>
      {field(t('search.priceMax'), max, setMax)}
    </p>
  )
}
