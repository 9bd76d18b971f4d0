import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useMyShop } from '../account/workplace.tsx'
import { productsKey } from './use-products.ts'

type ClearShelfProps = { open: boolean; onClose: () => void; onShelfCount: number }

/** Takes everything off the shelf, after saying how much that is. */
export function ClearShelf({ open, onClose, onShelfCount }: ClearShelfProps) {
  const t = useT()
  const { id: shopId } = useMyShop()
  const clear = useActionOf(() => api.catalog.clearShelf({ shopId, productCount: onShelfCount }), {
    refresh: [productsKey(shopId)],
    onDone: ({ productCount }) => {
      onClose()
      toast.success(t('products.cleared', { count: productCount }))
    },
  })
  return (
    <Dialog
      open={open}
      onClose={onClose}
      onConfirm={() => clear.run(undefined)}
      busy={clear.busy}
      tone="danger"
      title={t('products.clearTitle', { count: onShelfCount })}
      confirmLabel={t('products.clear')}
    >
      {t('products.clearBody')}
    </Dialog>
  )
}
