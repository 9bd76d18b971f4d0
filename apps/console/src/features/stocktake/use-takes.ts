import type { SheetProblem } from '@kaibo/contract/goods/sheet'
import { newId } from '@kaibo/kernel/ids'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useState } from 'react'
import { productsKey } from '../products/use-products.ts'
import type { SheetUpload } from '../sheets/upload-button.tsx'

export const takesKey = (shopId: string) => ['shop', shopId, 'takes'] as const

/** Opens a stock-take and says under which id. */
export const useOpenTake = (shopId: string, onOpened: (id: string) => void) =>
  useActionOf((title: string) => api.stocktake.open({ shopId, id: newId(), title }), {
    refresh: [takesKey(shopId)],
    onDone: take => onOpened(take.id),
  })

/** One stock-take and what can be done with it. */
export function useTake(shopId: string, id: string) {
  const key = takesKey(shopId)
  const { data, error, refetch } = useQueryOf([...key, id], () =>
    api.stocktake.view({ shopId, id }),
  )
  const refresh = [key]
  const [problems, setProblems] = useState<readonly SheetProblem[]>([])
  const upload = useActionOf(
    (sheet: SheetUpload) => api.stocktake.countSheet({ shopId, id, ...sheet }),
    { refresh, onDone: reply => setProblems(reply.problems) },
  )
  const apply = useActionOf(() => api.stocktake.apply({ shopId, id }), {
    refresh: [key, productsKey(shopId)],
  })
  const cancel = useActionOf(() => api.stocktake.cancel({ shopId, id }), { refresh })
  return { take: data, error, refetch, upload, problems, apply, cancel }
}

/** Notes how many there are of a SKU; the same again replaces it. */
export const useCount = (shopId: string, id: string) =>
  useActionOf(
    ({ skuId, counted }: { skuId: string; counted: number }) =>
      api.stocktake.count({ shopId, id, skuId, counted }),
    { refresh: [takesKey(shopId)] },
  )
