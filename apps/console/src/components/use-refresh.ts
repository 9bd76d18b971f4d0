import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'

/**
 * Asks again for everything below `key`, soon and at most once per `everyMs`: during a live sale
 * the shop hears of several orders a second.
 */
export function useRefresh(key: QueryKey, everyMs: number): () => void {
  const cache = useQueryClient()
  const latestKey = useRef(key)
  latestKey.current = key
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const lastMs = useRef(0)
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(() => {
    if (timer.current !== undefined) return
    const waitMs = Math.max(0, lastMs.current + everyMs - Date.now())
    timer.current = setTimeout(() => {
      timer.current = undefined
      lastMs.current = Date.now()
      void cache.invalidateQueries({ queryKey: latestKey.current })
    }, waitMs)
  }, [cache, everyMs])
}
