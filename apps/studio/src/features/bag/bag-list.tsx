import type { Bag, BagItem } from '@kaibo/contract/show/showcase'
import { useT } from '@kaibo/ui/i18n.ts'
import { useLayoutEffect, useState } from 'react'
import type { MyShop } from '../account/model.ts'
import type { RoomPrices } from '../prices/use-room-prices.ts'
import type { BagLane } from './bag-lane.ts'
import { BagRow } from './bag-row.tsx'
import { shiftPx } from './drag.ts'
import { foundItems, moveItem, removeProduct } from './model.ts'
import { RowTools } from './row-tools.tsx'
import { useDragSort } from './use-drag-sort.ts'
import { useNumberKeys } from './use-number-keys.ts'

type BagListProps = {
  shop: MyShop
  liveId: string
  bag: Bag
  lane: BagLane
  /** Narrows the rows to those that a search finds. */
  words: string
  prices: RoomPrices
  isLocked: boolean
  onPrice: (item: BagItem) => void
}

/** The rows of the bag: sorted by hand or keys, explained by number keys. */
export function BagList(props: BagListProps) {
  const { shop, liveId, bag, lane, words, prices, isLocked, onPrice } = props
  const t = useT()
  const { items } = bag
  const [moved, setMoved] = useState<{ productId: string; number: number } | null>(null)
  const move = (from: number, to: number) => {
    const item = items[from]
    if (!item || to < 0 || to >= items.length) return
    setMoved({ productId: item.product.id, number: to + 1 })
    lane.arrange(moveItem(items, from, to))
  }
  const { list, drag, start } = useDragSort(move)
  useNumberKeys(isLocked ? [] : items, productId => !isLocked && lane.explain(productId))
  // A row that changes places is put in anew by the browser and loses the focus.
  useLayoutEffect(() => {
    if (!moved) return
    const handle = `[data-sorts="${CSS.escape(moved.productId)}"]`
    list.current?.querySelector<HTMLElement>(handle)?.focus()
  }, [moved, list])
  return (
    <>
      <ol className="bag-rows" ref={list} data-sorting={drag !== null || undefined}>
        {foundItems(items, words).map((item, place) => (
          <BagRow
            key={item.product.id}
            item={item}
            explaining={bag.explaining}
            shiftPx={shiftPx(drag, place)}
            isPulled={drag?.from === place}
            isLocked={isLocked}
            roomPrice={prices.lowest.get(item.product.id)}
            canSort={words.trim() === ''}
            tools={close => (
              <RowTools
                shop={shop}
                liveId={liveId}
                item={item}
                onTop={() => {
                  move(item.number - 1, 0)
                  close()
                }}
                onPrice={() => onPrice(item)}
                onRemove={() => lane.arrange(removeProduct(items, item.product.id))}
              />
            )}
            onPull={event => start(event, place)}
            onMove={step => move(place, place + step)}
            onExplain={lane.explain}
          />
        ))}
      </ol>
      <p className="k-sr" aria-live="polite">
        {moved && t('bag.moved', { number: moved.number })}
      </p>
    </>
  )
}
