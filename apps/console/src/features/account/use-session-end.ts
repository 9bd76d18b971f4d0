import { ApiError } from '@kaibo/client/client'
import {
  type MutationCacheNotifyEvent,
  type QueryCacheNotifyEvent,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect } from 'react'

const signedOutStatus = 401
type CacheEvent = QueryCacheNotifyEvent | MutationCacheNotifyEvent

/** A console stays open for days: when the server no longer knows the session, ask who is here. */
export function useSessionEnd(): void {
  const cache = useQueryClient()
  useEffect(() => {
    const look = (event: CacheEvent) => {
      const error = event.type === 'updated' && event.action.type === 'error' && event.action.error
      if (error instanceof ApiError && error.status === signedOutStatus)
        void cache.invalidateQueries({ queryKey: ['me'] })
    }
    const stops = [cache.getQueryCache().subscribe(look), cache.getMutationCache().subscribe(look)]
    return () => {
      for (const stop of stops) stop()
    }
  }, [cache])
}
