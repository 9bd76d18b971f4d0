import type { Me } from '@kaibo/contract/people/account'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../data/api.tsx'
import { useActionOf, useQueryOf } from '../data/hooks.ts'
import { realtime } from '../data/realtime.ts'

const meKey = ['me'] as const

/** Who is signed in. `user` is null for a visitor and undefined until the server answered. */
export function useMe(): { user: Me['user'] | undefined; shops: Me['shops'] } {
  const { data } = useQueryOf(meKey, () => api.account.me())
  return { user: data?.user, shops: data?.shops ?? [] }
}

/** Takes over what the server said about the person; everything else is asked anew. */
export function useSetMe(): (me: Me) => void {
  const cache = useQueryClient()
  return me => {
    cache.setQueryData<Me>(meKey, me)
    void cache.invalidateQueries({ predicate: query => query.queryKey[0] !== meKey[0] })
    // The socket still carries the visitor (or the other person): a new ticket names the new one.
    realtime.renew()
  }
}

export function useSignOut() {
  const setMe = useSetMe()
  return useActionOf(() => api.account.signOut(), {
    onDone: () => setMe({ user: null, shops: [] }),
  })
}
