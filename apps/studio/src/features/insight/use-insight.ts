import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { type MyShop, may } from '../account/model.ts'
import type { Show } from '../sessions/model.ts'
import { insightKey } from './keys.ts'

/** The numbers are never older than this and a second. */
const everyMs = 3_000

/** The numbers of a session, kept fresh while it is open; for those who run the desk. */
export function useInsight(shop: MyShop, { id, state }: Pick<Show, 'id' | 'state'>) {
  return useQueryOf(insightKey(id), () => api.insight.view({ shopId: shop.id, id }), {
    enabled: may(shop, 'room.assist'),
    ...(state === 'ended' ? {} : { everyMs }),
  })
}

export type InsightQuery = ReturnType<typeof useInsight>
