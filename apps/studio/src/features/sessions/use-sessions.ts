import type { ApiError } from '@kaibo/client/client'
import { api } from '@kaibo/ui/data/api.tsx'
import { useInfiniteQuery } from '@tanstack/react-query'
import { sessionsKey } from './keys.ts'

const pageSize = 20

/** Sessions of a shop, newest first, page by page. */
export function useSessions(shopId: string) {
  const query = useInfiniteQuery<
    Awaited<ReturnType<typeof api.live.sessions>>,
    ApiError,
    Awaited<ReturnType<typeof api.live.sessions>>['items'],
    readonly string[],
    string | null
  >({
    queryKey: sessionsKey(shopId),
    initialPageParam: null,
    queryFn: ({ pageParam }) =>
      api.live.sessions({ shopId, limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) }),
    getNextPageParam: page => page.next,
    select: ({ pages }) => pages.flatMap(page => page.items),
    refetchOnMount: 'always',
  })
  return query
}
