import type { ProductCard } from '@kaibo/contract/goods/catalog'
import { newId } from '@kaibo/kernel/ids'
import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useLocation } from 'wouter'
import { useWorkplace } from '../account/workplace.tsx'
import { shelfTargetOf } from './model.ts'
import { putOn } from './put-on.ts'
import { productsKey } from './use-products.ts'

type ProductActionsProps = { card: ProductCard; onStock: (productId: string) => void }

/** What can be done with a product right in the list. */
export function ProductActions({ card, onStock }: ProductActionsProps) {
  const t = useT()
  const { can } = useWorkplace()
  const [, go] = useLocation()
  const owned = { shopId: card.shopId, id: card.id }
  const target = shelfTargetOf(card)
  const move = useActionOf(
    () =>
      target === 'on_shelf' ? putOn(owned) : api.catalog.setShelf({ ...owned, state: target }),
    {
      refresh: [productsKey(card.shopId)],
      onDone: ({ state }) => {
        const end = state === 'in_review' ? state : target
        toast.success(t(`products.moved.${end}`, { title: card.title }))
      },
    },
  )
  const copy = useActionOf(() => api.catalog.copy({ ...owned, copyId: newId() }), {
    refresh: [productsKey(card.shopId)],
    onDone: ({ id }) => go(`/products/${id}`),
  })
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
      {can('catalog.manage') && (
        <IconButton
          icon="copy"
          label={t('products.copyOf', { title: card.title })}
          onClick={() => copy.run(undefined)}
        />
      )}
    </div>
  )
}
