import type { ProductCard } from '@kaibo/contract/catalog'
import type { BagItem } from '@kaibo/contract/showcase'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useErrorSentence, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Empty, ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useDeferredValue, useState } from 'react'
import { PickRow } from './pick-row.tsx'

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
  const sentence = useErrorSentence()
  const [words, setWords] = useState('')
  const q = useDeferredValue(words.trim())
  const shelf = useQueryOf(['shelf', shopId, q], () =>
    api.catalog.manageList({
      shopId,
      state: 'on_shelf',
      limit: shownMax,
      ...(q === '' ? {} : { q }),
    }),
  )
  const cards = shelf.data?.items
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
      {!cards && shelf.error && (
        <ErrorState onRetry={() => void shelf.refetch()} busy={shelf.isFetching}>
          {sentence(shelf.error)}
        </ErrorState>
      )}
      {cards?.length === 0 && (
        <Empty
          icon={q === '' ? 'bag' : 'search'}
          title={t(q === '' ? 'picker.emptyTitle' : 'picker.nothingTitle')}
        >
          {q === '' ? (
            <a href="/console/" target="_blank" rel="noreferrer">
              {t('picker.toConsole')}
            </a>
          ) : (
            t('picker.nothingHint')
          )}
        </Empty>
      )}
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
