import type { ApiError } from '@kaibo/client/client'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query'

type PageReply<T> = { items: T[]; next: string | null }

/** A keyset-paged list that grows by "more". */
export function usePages<T>(key: QueryKey, ask: (cursor: string | null) => Promise<PageReply<T>>) {
  const query = useInfiniteQuery<
    PageReply<T>,
    ApiError,
    { pages: PageReply<T>[] },
    QueryKey,
    string | null
  >({
    queryKey: key,
    queryFn: ({ pageParam }) => ask(pageParam),
    initialPageParam: null,
    getNextPageParam: last => last.next,
  })
  const items = query.data?.pages.flatMap(page => page.items) ?? []
  return {
    items,
    error: query.error,
    isLoading: query.isPending,
    isEmpty: query.isSuccess && items.length === 0,
    hasMore: query.hasNextPage,
    isBusy: query.isFetchingNextPage,
    more: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
  }
}

export function MorePages({
  pages,
}: {
  pages: Pick<ReturnType<typeof usePages>, 'hasMore' | 'isBusy' | 'more'>
}) {
  const t = useT()
  if (!pages.hasMore) return null
  return (
    <Button tone="quiet" wide busy={pages.isBusy} onClick={pages.more}>
      {t('more')}
    </Button>
  )
}
