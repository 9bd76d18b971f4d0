import type { Product } from '@kaibo/contract/catalog'
import { newId } from '@kaibo/kernel/ids'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useRef, useState } from 'react'
import { useMyShop } from '../account/workplace.tsx'
import { productsKey } from '../products/use-products.ts'
import type { ProductBody } from './form-model.ts'

type Saving = { body: ProductBody; andShelve: 'onShelf' | 'asIs' }

/** Saves a product, and puts it on the shelf when that was asked for. */
export function useSaveProduct(product: Product | null, onSaved: () => void) {
  const t = useT()
  const { id: shopId } = useMyShop()
  const [id] = useState(() => product?.id ?? newId())
  const [isDone, setDone] = useState(false)
  const wasTried = useRef(false)

  const put = async (body: ProductBody) => {
    const isRetry = wasTried.current
    wasTried.current = true
    if (product) return api.catalog.update({ shopId, id, ...body })
    const created = await api.catalog.create({ shopId, id, ...body })
    // An attempt before may have reached the server after all; then creating changed nothing.
    return isRetry ? api.catalog.update({ shopId, id, ...body }) : created
  }
  const action = useActionOf(
    async ({ body, andShelve }: Saving) => {
      const saved = await put(body)
      if (andShelve === 'asIs') return saved
      return api.catalog.setShelf({ shopId, id, state: 'on_shelf' })
    },
    {
      refresh: [productsKey(shopId)],
      onDone: saved => {
        toast.success(t(`product.saved.${saved.state}`))
        setDone(true)
        onSaved()
      },
    },
  )
  return { ...action, isDone }
}
