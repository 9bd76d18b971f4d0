import type { ProductCard } from '@kaibo/contract/goods/catalog'
import type { BagItem, ExplainCard } from '@kaibo/contract/show/showcase'
import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react'
import type { RoomPrice } from '../prices/model.ts'
import { ExplainClock } from './explain-clock.tsx'
import { saleProblem } from './model.ts'

type BagRowProps = {
  item: BagItem
  explaining: ExplainCard | null
  /** Pixels out of its place while rows are sorted. */
  shiftPx: number
  isPulled: boolean
  isLocked: boolean
  /** What it costs in this room alone, while it does. */
  roomPrice: RoomPrice | undefined
  /** Not while only some of the bag is shown. */
  canSort: boolean
  /** What else can be done with it, while its row is open. */
  tools: (close: () => void) => ReactNode
  onPull: (event: PointerEvent) => void
  onMove: (step: -1 | 1) => void
  onExplain: (productId: string | null) => void
}

/** One product of the bag: its number, what it costs, what is left, and Explain. */
export function BagRow(props: BagRowProps) {
  const { item, explaining, isLocked, onExplain, roomPrice } = props
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  const { number, product } = item
  const isExplained = explaining?.item.product.id === product.id
  const facts = { number, title: product.title }
  return (
    <li
      className="bag-row"
      aria-current={isExplained || undefined}
      data-pulled={props.isPulled || undefined}
      style={{ '--shift': `${props.shiftPx}px` }}
    >
      {props.canSort && <SortHandle {...props} />}
      <span className="bag-picture">
        {product.pictureUrl && <img src={product.pictureUrl} alt="" loading="lazy" />}
        <b className="bag-number">{number}</b>
      </span>
      <div className="bag-text">
        <h3 className="k-clamp" style={{ '--lines': 2 }} title={product.title}>
          {product.title}
        </h3>
        <RowFacts product={product} roomPrice={roomPrice} />
      </div>
      <div className="bag-actions">
        {!isLocked && (
          <Button
            size="s"
            tone={isExplained ? 'primary' : 'quiet'}
            aria-label={t(isExplained ? 'bag.stopNumber' : 'bag.explainNumber', facts)}
            onClick={() => onExplain(isExplained ? null : product.id)}
          >
            {isExplained ? t('bag.stop') : t('bag.explain')}
          </Button>
        )}
        {isLocked && isExplained && <Badge tone="accent">{t('bag.explained')}</Badge>}
        <span className="k-row" style={{ '--gap': '0' }}>
          {isExplained && <ExplainClock since={explaining.since} />}
          {!isLocked && (
            <IconButton
              className="bag-more"
              icon="more"
              label={t('bag.more', facts)}
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            />
          )}
        </span>
      </div>
      {isOpen && !isLocked && props.tools(() => setOpen(false))}
    </li>
  )
}

/** What it costs now, in this room if that is less, and what is left. */
function RowFacts(props: { product: ProductCard; roomPrice: RoomPrice | undefined }) {
  const { product, roomPrice } = props
  const t = useT()
  const format = useFormat()
  const problem = saleProblem(product)
  return (
    <p className="bag-facts">
      <Price fen={product.priceFromFen} size="s" from={product.priceToFen > product.priceFromFen} />
      {roomPrice && (
        <span className="bag-only k-num">
          {t('bag.roomOnly', {
            price: format.fen(roomPrice.priceFen),
            count: roomPrice.leftCount,
          })}
        </span>
      )}
      <span className="bag-stock k-num" data-problem={problem ?? undefined}>
        {problem ? t(`bag.${problem}`) : t('bag.stock', { count: product.available })}
      </span>
    </p>
  )
}

/** Pulled by pointer, or moved with the arrow keys. */
function SortHandle({ item, isLocked, onPull, onMove }: BagRowProps) {
  const t = useT()
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
    if (step === null) return
    event.preventDefault()
    onMove(step)
  }
  return (
    <button
      type="button"
      className="bag-handle"
      data-sorts={item.product.id}
      disabled={isLocked}
      aria-label={t('bag.sort', { number: item.number, title: item.product.title })}
      title={t('bag.sortHint')}
      onPointerDown={onPull}
      onKeyDown={onKeyDown}
    >
      <Icon name="drag" />
    </button>
  )
}
