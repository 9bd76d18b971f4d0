import type { ProductCard } from '@kaibo/contract/catalog'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useMyShop } from '../account/workplace.tsx'
import { movable, type ShelfTarget } from './model.ts'
import { productsKey } from './use-products.ts'

type BulkBarProps = { cards: readonly ProductCard[]; ticked: readonly string[]; onDone: () => void }

/** Moves all ticked products at once, and says how many it did. */
export function BulkBar({ cards, ticked, onDone }: BulkBarProps) {
  const t = useT()
  const { id: shopId } = useMyShop()
  const move = useActionOf(
    (target: ShelfTarget) =>
      Promise.allSettled(
        movable(cards, ticked, target).map(({ id }) =>
          api.catalog.setShelf({ shopId, id, state: target }),
        ),
      ),
    {
      refresh: [productsKey(shopId)],
      onDone: (results, target) => {
        const failedCount = results.filter(result => result.status === 'rejected').length
        const count = results.length - failedCount
        if (count > 0) toast.success(t(`products.movedMany.${target}`, { count }))
        if (failedCount > 0) toast.error(t('products.movedFailed', { count: failedCount }))
        onDone()
      },
    },
  )
  return (
    <fieldset className="bulk-bar">
      <legend className="k-sr">{t('products.bulk')}</legend>
      <span className="k-muted" aria-live="polite">
        {t('products.ticked', { count: ticked.length })}
      </span>
      {(['on_shelf', 'off_shelf'] as const).map(target => (
        <Button
          key={target}
          size="s"
          busy={move.busy}
          disabled={movable(cards, ticked, target).length === 0}
          onClick={() => move.run(target)}
        >
          {t(`products.moveAll.${target}`)}
        </Button>
      ))}
    </fieldset>
  )
}
