import type { ProductCard } from '@kaibo/contract/catalog'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useWorkplace } from '../account/workplace.tsx'
import { shelfTargetOf } from './model.ts'
import { productsKey } from './use-products.ts'

type ProductActionsProps = { card: ProductCard; onStock: (productId: string) => void }

/** What can be done with a product right in the list. */
export function ProductActions({ card, onStock }: ProductActionsProps) {
  const t = useT()
  const { can } = useWorkplace()
  const target = shelfTargetOf(card)
  const move = useActionOf(
    () => api.catalog.setShelf({ shopId: card.shopId, id: card.id, state: target }),
    {
      refresh: [productsKey(card.shopId)],
      onDone: () => toast.success(t(`products.moved.${target}`, { title: card.title })),
    },
  )
  return (
    <div className="product-actions">
      <Button
        size="s"
        aria-label={t('products.stockOf', { title: card.title })}
        onClick={() => onStock(card.id)}
      >
        {t('products.stock')}
      </Button>
      {can('catalog.manage') && (
        <Button
          size="s"
          busy={move.busy}
          aria-label={t(`products.moveOf.${target}`, { title: card.title })}
          onClick={() => move.run(undefined)}
        >
          {t(`products.move.${target}`)}
        </Button>
      )}
    </div>
  )
}
