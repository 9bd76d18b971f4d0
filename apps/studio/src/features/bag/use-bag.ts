import { ApiError } from '@kaibo/client/client'
import type { Bag } from '@kaibo/contract/show/showcase'
import { topics } from '@kaibo/contract/show/topics'
import { api } from '@kaibo/ui/data/api.tsx'
import { useErrorSentence, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState, useSyncExternalStore } from 'react'
import { useSoon } from '../../shell/use-soon.ts'
import { createBagLane } from './bag-lane.ts'
import { newerBag } from './model.ts'

/** A burst of sales is one look at the new stock. */
const restockMs = 500

/** The bag of a session: what the host wants shows at once, what others change follows. */
export function useBag({ shopId, liveId }: { shopId: string; liveId: string }) {
  const t = useT()
  const sentence = useErrorSentence()
  const cache = useQueryClient()
  const key = ['bag', liveId]
  const known = () => cache.getQueryData<Bag>(key)
  const query = useQueryOf(key, async () =>
    newerBag(await api.showcase.bag({ id: liveId }), known()),
  )
  const tell = useRef((_: unknown) => {})
  tell.current = error => {
    const isConflict = error instanceof ApiError && error.code === 'showcase.changed'
    if (isConflict) toast.show(t('bag.changedElsewhere'))
    else toast.error(sentence(error))
  }
  const [lane] = useState(() =>
    createBagLane({
      known,
      accept: bag => cache.setQueryData<Bag>(key, before => newerBag(bag, before)),
      setBag: edit => api.showcase.setBag({ shopId, id: liveId, ...edit }),
      explain: productId => api.showcase.explain({ shopId, id: liveId, productId }),
      reload: () => cache.invalidateQueries({ queryKey: key }),
      onRefused: error => tell.current(error),
    }),
  )
  const wanted = useSyncExternalStore(lane.subscribe, lane.wanted)
  const restock = useSoon(() => void query.refetch(), restockMs)
  useTopic(topics.stock(shopId), { onOrdered: restock })
  return { lane, bag: wanted ?? query.data, query }
}
