import type { Bag } from '@kaibo/contract/showcase'
import { useT } from '@kaibo/ui/i18n.ts'
import { useLayoutEffect, useState } from 'react'
import type { BagLane } from './bag-lane.ts'
import { BagRow } from './bag-row.tsx'
import { shiftPx } from './drag.ts'
import { moveItem, removeProduct } from './model.ts'
import { useDragSort } from './use-drag-sort.ts'
import { useNumberKeys } from './use-number-keys.ts'

type BagListProps = { bag: Bag; lane: BagLane; isLocked: boolean }

export function BagList({ bag, lane, isLocked }: BagListProps) {
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
        {items.map((item, place) => (
          <BagRow
            key={item.product.id}
            item={item}
            explaining={bag.explaining}
            shiftPx={shiftPx(drag, place)}
            isPulled={drag?.from === place}
            isLocked={isLocked}
            onPull={event => start(event, place)}
            onMove={step => move(place, place + step)}
            onExplain={lane.explain}
            onRemove={() => lane.arrange(removeProduct(items, item.product.id))}
          />
        ))}
      </ol>
      <p className="k-sr" aria-live="polite">
        {moved && t('bag.moved', { number: moved.number })}
      </p>
    </>
  )
}
