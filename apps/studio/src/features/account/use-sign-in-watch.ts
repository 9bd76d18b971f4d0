import { ApiError } from '@kaibo/client/client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'

/** Signed out elsewhere, or too long ago: the first call that is told so asks who we are again. */
export function useSignInWatch(): void {
  const cache = useQueryClient()
  useEffect(() => {
    const check = (error: unknown) => {
      if (error instanceof ApiError && error.code === 'auth.required') {
        void cache.invalidateQueries({ queryKey: ['me'] })
      }
    }
    const stops = [
      cache.getQueryCache().subscribe(event => {
        if (event.type === 'updated' && event.action.type === 'error') check(event.action.error)
      }),
      cache.getMutationCache().subscribe(event => {
        if (event.type === 'updated' && event.action.type === 'error') check(event.action.error)
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [cache])
}
