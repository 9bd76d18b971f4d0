import type { OwnProduct } from '@kaibo/contract/goods/catalog'
import { newId } from '@kaibo/kernel/ids'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useRef, useState } from 'react'
import { useMyShop } from '../account/workplace.tsx'
import { putOn } from '../products/put-on.ts'
import { productsKey } from '../products/use-products.ts'
import type { ProductBody, Schedule } from './form-model.ts'

/** What follows the saving: nothing, or the shelf. */
export type Follow = 'asIs' | 'onShelf'
type Saving = { body: ProductBody; schedule: Schedule; follow: Follow }

/** Saves a product with its times, and puts it on the shelf when that was asked for. */
export function useSaveProduct(
  product: OwnProduct | null,
  options: { onSaved: () => void; onChanged: () => void },
) {
  const t = useT()
  const { id: shopId } = useMyShop()
  const [id] = useState(() => product?.id ?? newId())
  const [isDone, setDone] = useState(false)
  const wasTried = useRef(false)

  const put = async (body: ProductBody) => {
    const isRetry = wasTried.current
    wasTried.current = true
    if (product) return api.catalog.update({ shopId, id, ...body, version: product.version })
    const created = await api.catalog.create({ shopId, id, ...body })
    // An attempt before may have reached the server after all; then creating changed nothing.
    return isRetry ? api.catalog.update({ shopId, id, ...body }) : created
  }
  const action = useActionOf(
    async ({ body, schedule, follow }: Saving) => {
      const saved = await put(body)
      const isNewTime =
        schedule.shelveAt !== saved.shelveAt || schedule.unshelveAt !== saved.unshelveAt
      const timed = isNewTime ? await api.catalog.schedule({ shopId, id, ...schedule }) : saved
      return follow === 'onShelf' ? putOn({ shopId, id }) : timed
    },
    {
      refresh: [productsKey(shopId)],
      onDone: saved => {
        const isHeld = saved.review?.state === 'open' && saved.review.isChange
        toast.success(t(isHeld ? 'product.saved.held' : `product.saved.${saved.state}`))
        setDone(true)
        options.onSaved()
      },
      onRefused: error => {
        if (error.code === 'product.changed') options.onChanged()
        return error.code === 'product.changed'
      },
    },
  )
  return { ...action, isDone }
}
