import type { ProductCard } from '@kaibo/contract/goods/catalog'
import type { BagItem } from '@kaibo/contract/show/showcase'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useState } from 'react'
import { QueryError } from '../../shell/query-error.tsx'
import { matching } from '../bag/model.ts'
import { PickRow } from './pick-row.tsx'
import './picker.css'

/** More products than this are found by searching. */
const shownMax = 100
const searchMax = 40

type ProductPickerProps = {
  shopId: string
  open: boolean
  onClose: () => void
  items: readonly BagItem[]
  onAdd: (products: ProductCard[]) => void
}

/** My shelf: tick products, put them in the bag in the order they were ticked. */
export function ProductPicker({ onAdd, ...props }: ProductPickerProps) {
  const t = useT()
  const [picked, setPicked] = useState<readonly ProductCard[]>([])
  const close = () => {
    setPicked([])
    props.onClose()
  }
  const toggle = (card: ProductCard) =>
    setPicked(before =>
      before.some(({ id }) => id === card.id)
        ? before.filter(({ id }) => id !== card.id)
        : [...before, card],
    )
  return (
    <Sheet
      open={props.open}
      onClose={close}
      title={t('picker.title')}
      side="end"
      tall
      footer={
        <Button
          tone="primary"
          wide
          disabled={picked.length === 0}
          onClick={() => {
            onAdd([...picked])
            setPicked([])
          }}
        >
          {picked.length === 0 ? t('picker.none') : t('picker.add', { count: picked.length })}
        </Button>
      }
    >
      <Shelf {...props} picked={picked} onToggle={toggle} />
    </Sheet>
  )
}

type ShelfProps = Pick<ProductPickerProps, 'shopId' | 'items'> & {
  picked: readonly ProductCard[]
  onToggle: (card: ProductCard) => void
}

function Shelf({ shopId, items, picked, onToggle }: ShelfProps) {
  const t = useT()
  const [words, setWords] = useState('')
  const { shelf, cards } = useShelf(shopId, words.trim())
  return (
    <div className="k-stack picker">
      <TextField
        type="search"
        label={t('picker.search')}
        value={words}
        maxLength={searchMax}
        before={<Icon name="search" className="picker-glass" />}
        onChange={event => setWords(event.target.value)}
      />
      {!cards && !shelf.error && <SkeletonList rows={5} />}
      {!cards && shelf.error && <QueryError of={shelf} />}
      {cards?.length === 0 && <Nothing isSearching={words.trim() !== ''} />}
      {cards && cards.length > 0 && (
        <ul className="pick-rows">
          {cards.map(card => (
            <PickRow
              key={card.id}
              card={card}
              isIn={items.some(({ product }) => product.id === card.id)}
              place={picked.findIndex(({ id }) => id === card.id) + 1}
              onToggle={() => onToggle(card)}
            />
          ))}
        </ul>
      )}
      {shelf.data?.next && <p className="k-muted">{t('picker.more')}</p>}
    </div>
  )
}

/** The shelf, narrowed at once to the words; only a shelf too long to be here whole asks the server. */
function useShelf(shopId: string, words: string) {
  const list = (q: { q?: string }) =>
    api.catalog.manageList({ shopId, state: 'on_shelf', limit: shownMax, ...q })
  const whole = useQueryOf(['shelf', shopId], () => list({}))
  const isAsking = words !== '' && typeof whole.data?.next === 'string'
  const found = useQueryOf(['shelf', shopId, words], () => list({ q: words }), {
    enabled: isAsking,
  })
  const shelf = isAsking ? found : whole
  return { shelf, cards: shelf.data && matching(shelf.data.items, isAsking ? '' : words) }
}

function Nothing({ isSearching }: { isSearching: boolean }) {
  const t = useT()
  if (isSearching) {
    return (
      <Empty icon="search" title={t('picker.nothingTitle')}>
        {t('picker.nothingHint')}
      </Empty>
    )
  }
  return (
    <Empty icon="bag" title={t('picker.emptyTitle')}>
      <a href="/console/" target="_blank" rel="noreferrer">
        {t('picker.toConsole')}
      </a>
    </Empty>
  )
}
