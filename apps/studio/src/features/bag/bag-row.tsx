import type { BagItem, ExplainCard } from '@kaibo/contract/showcase'
import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import type { KeyboardEvent, PointerEvent } from 'react'
import { ExplainClock } from './explain-clock.tsx'
import { saleProblem } from './model.ts'

type BagRowProps = {
  item: BagItem
  explaining: ExplainCard | null
  /** Pixels out of its place while rows are sorted. */
  shiftPx: number
  isPulled: boolean
  isLocked: boolean
  onPull: (event: PointerEvent) => void
  onMove: (step: -1 | 1) => void
  onExplain: (productId: string | null) => void
  onRemove: () => void
}

/** One product of the bag: its number, what it costs, what is left, and Explain. */
export function BagRow(props: BagRowProps) {
  const { item, explaining, isLocked, onExplain } = props
  const t = useT()
  const { number, product } = item
  const isExplained = explaining?.item.product.id === product.id
  const problem = saleProblem(product)
  const facts = { number, title: product.title }
  return (
    <li
      className="bag-row"
      aria-current={isExplained || undefined}
      data-pulled={props.isPulled || undefined}
      style={{ '--shift': `${props.shiftPx}px` }}
    >
      <SortHandle {...props} />
      <span className="bag-picture">
        {product.pictureUrl && <img src={product.pictureUrl} alt="" loading="lazy" />}
        <b className="bag-number">{number}</b>
      </span>
      <div className="bag-text">
        <h3 className="k-clamp" style={{ '--lines': 2 }} title={product.title}>
          {product.title}
        </h3>
        <p className="bag-facts">
          <Price
            fen={product.priceFromFen}
            size="s"
            from={product.priceToFen > product.priceFromFen}
          />
          <span className="bag-stock k-num" data-problem={problem ?? undefined}>
            {problem ? t(`bag.${problem}`) : t('bag.stock', { count: product.available })}
          </span>
        </p>
      </div>
      <div className="bag-actions">
        <Button
          size="s"
          tone={isExplained ? 'primary' : 'quiet'}
          disabled={isLocked}
          aria-label={t(isExplained ? 'bag.stopNumber' : 'bag.explainNumber', facts)}
          onClick={() => onExplain(isExplained ? null : product.id)}
        >
          {isExplained ? t('bag.stop') : t('bag.explain')}
        </Button>
        {isExplained ? (
          <ExplainClock since={explaining.since} />
        ) : (
          <IconButton
            className="bag-remove"
            icon="close"
            label={t('bag.remove', facts)}
            disabled={isLocked}
            onClick={props.onRemove}
          />
        )}
      </div>
    </li>
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
