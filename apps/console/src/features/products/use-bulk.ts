import type { ProductCard } from '@kaibo/contract/goods/catalog'
import type { BulkChange, BulkRow } from '@kaibo/contract/goods/catalog-api'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useState } from 'react'
import { useMyShop } from '../account/workplace.tsx'
import { productsKey } from './use-products.ts'

/** Changes many products alike; what was refused is kept with its reason. */
export function useBulk(cards: readonly ProductCard[], onDone: () => void) {
  const t = useT()
  const { id: shopId } = useMyShop()
  const [refused, setRefused] = useState<{ card: ProductCard; problem: string }[]>([])
  const refusedOf = (rows: readonly BulkRow[]) =>
    rows.flatMap(({ id, problem }) => {
      const card = cards.find(each => each.id === id)
      return problem !== null && card ? [{ card, problem }] : []
    })
  const { run, busy } = useActionOf(
    ({ ids, change }: { ids: string[]; change: BulkChange }) =>
      api.catalog.bulk({ shopId, ids, change }),
    {
      refresh: [productsKey(shopId)],
      onDone: ({ rows }) => {
        const failed = refusedOf(rows)
        const count = rows.length - failed.length
        if (count > 0) toast.success(t('products.changedMany', { count }))
        setRefused(failed)
        if (failed.length === 0) onDone()
      },
    },
  )
  return {
    busy,
    refused,
    forget: () => {
      setRefused([])
      onDone()
    },
    change: (change: BulkChange, of: readonly ProductCard[] = cards) =>
      run({ ids: of.map(({ id }) => id), change }),
  }
}
