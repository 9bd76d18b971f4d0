import { api } from '@kaibo/ui/data/api.tsx'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'

/** Remembers that a signed-in person looks at a product; visitors are not followed. */
export function useRecordView(productId: string | undefined): void {
  const { user } = useMe()
  const cache = useQueryClient()
  const userId = user?.id
  useEffect(() => {
    if (!userId || !productId) return
    api.history.record({ productId }).then(
      () => cache.invalidateQueries({ queryKey: ['history'] }),
      // Nobody misses a look that was not remembered.
      () => {},
    )
  }, [userId, productId, cache])
}
