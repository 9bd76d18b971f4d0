import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useState } from 'react'
import { useMyShop } from '../account/workplace.tsx'
import { productsKey } from './use-products.ts'

/** Takes everything off the shelf, after saying how much that is. */
export function ClearShelf({ onShelfCount }: { onShelfCount: number }) {
  const t = useT()
  const { id: shopId } = useMyShop()
  const [isAsking, setAsking] = useState(false)
  const clear = useActionOf(() => api.catalog.clearShelf({ shopId, productCount: onShelfCount }), {
    refresh: [productsKey(shopId)],
    onDone: ({ productCount }) => {
      setAsking(false)
      toast.success(t('products.cleared', { count: productCount }))
    },
  })
  if (onShelfCount === 0) return null
  return (
    <>
      <Button tone="plain" onClick={() => setAsking(true)}>
        {t('products.clear')}
      </Button>
      <Dialog
        open={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => clear.run(undefined)}
        busy={clear.busy}
        tone="danger"
        title={t('products.clearTitle', { count: onShelfCount })}
        confirmLabel={t('products.clear')}
      >
        {t('products.clearBody')}
      </Dialog>
    </>
  )
}
