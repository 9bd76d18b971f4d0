import type { ApiError } from '@kaibo/client/client'
import { keepPreviousData, type QueryKey, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

type PageReply<T> = { items: readonly T[]; next: string | null }

/** One page of a keyset-paged list at a time, and the way to its neighbours. */
export type Pages<T> = {
  items: readonly T[]
  error: ApiError | null
  isLoading: boolean
  /** The page before is still shown while the next one comes. */
  isTurning: boolean
  /** Counted from 1. */
  pageNumber: number
  hasNext: boolean
  next: () => void
  previous: () => void
  retry: () => void
}

/**
 * A keyset-paged list. The cursors that led here are kept, so that one can go back; a component
 * that shows another list (another filter) has another React key and begins at its first page.
 */
export function usePages<T>(
  key: QueryKey,
  ask: (cursor: { cursor?: string }) => Promise<PageReply<T>>,
): Pages<T> {
  const [trail, setTrail] = useState<readonly string[]>([])
  const cursor = trail.at(-1)
  const query = useQuery<PageReply<T>, ApiError>({
    queryKey: [...key, cursor ?? null],
    queryFn: () => ask(cursor === undefined ? {} : { cursor }),
    placeholderData: keepPreviousData,
  })
  const next = query.data?.next ?? null
  return {
    items: query.data?.items ?? [],
    error: query.error,
    isLoading: query.isPending,
    isTurning: query.isPlaceholderData,
    pageNumber: trail.length + 1,
    hasNext: next !== null && !query.isPlaceholderData,
    next: () => {
      if (next !== null) setTrail([...trail, next])
    },
    previous: () => setTrail(trail.slice(0, -1)),
    retry: () => void query.refetch(),
  }
}
