import type { Standing } from '@kaibo/contract/media/verdict'
import { topics } from '@kaibo/contract/show/topics'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { type MyShop, may } from '../account/model.ts'

/** A message may be lost on its way: nobody waits longer than this for a warning. */
const everyMs = 15_000

const keyOf = (shopId: string) => ['standing', shopId]

/** What the platform decided about my shop, told at once. */
export function useStanding(shop: MyShop): Standing | undefined {
  const isTold = may(shop, 'live.read')
  const standing = useQueryOf(keyOf(shop.id), () => api.verdict.standing({ shopId: shop.id }), {
    enabled: isTold,
    everyMs,
  })
  useTopic(isTold ? topics.desk(shop.id) : null, {
    onResync: () => standing.refetch(),
    onOrdered: message => {
      if (message.t === 'verdict.given') void standing.refetch()
    },
  })
  return standing.data
}

/** I have read a notice. */
export const useSeen = (shopId: string) =>
  useActionOf((id: string) => api.verdict.seen({ shopId, id }), { refresh: [keyOf(shopId)] })
