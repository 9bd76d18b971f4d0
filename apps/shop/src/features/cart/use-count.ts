import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useEffect, useEffectEvent, useState } from 'react'
import { deviceCart } from './device/store.ts'

/** How many lines the cart has, for its badge: the person's own, or the device's. */
export function useCartCount(): number {
  const { user } = useMe()
  const { lines } = deviceCart.use()
  const query = useQueryOf(['cart', 'count'], () => api.cart.count(), { enabled: Boolean(user) })
  return user ? (query.data?.count ?? 0) : lines.length
}

const triesMax = 5
const retryMs = 5_000

/** Pours the device's cart into the person's own as soon as there is a person; once. */
export function CartMerge() {
  const { user } = useMe()
  const { lines } = deviceCart.use()
  const [tries, setTries] = useState(0)
  const merge = useActionOf(api.cart.merge, {
    refresh: [['cart']],
    onDone: (_, { id }) => deviceCart.get().id === id && deviceCart.clear(),
    onRefused(error) {
      // What the server cannot read will never be read; anything else passes, and one id pours once.
      if (error.status === 400) deviceCart.clear()
      else window.setTimeout(() => setTries(tries + 1), retryMs)
      return true
    },
  })
  const isDue = Boolean(user) && lines.length > 0
  const pour = useEffectEvent(() => merge.run(deviceCart.get()))
  useEffect(() => {
    if (isDue && tries < triesMax) pour()
  }, [isDue, tries])
  return null
}
