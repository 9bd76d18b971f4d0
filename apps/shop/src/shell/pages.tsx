import type { ApiError } from '@kaibo/client/client'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query'

type PageReply<T> = { items: T[]; next: string | null }

/** A keyset-paged list that grows by "more"; `first` is what else the first page says. */
export function usePages<T, Said extends object>(
  key: QueryKey,
  ask: (cursor: string | null) => Promise<PageReply<T> & Said>,
) {
  const query = useInfiniteQuery<
    PageReply<T> & Said,
    ApiError,
    { pages: (PageReply<T> & Said)[] },
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
    first: query.data?.pages[0],
    error: query.error,
    isLoading: query.isPending,
    isEmpty: query.isSuccess && items.length === 0,
    hasMore: query.hasNextPage,
    isBusy: query.isFetchingNextPage,
    more: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
  }
}

/** What every list of pages can do, whatever is in it. */
export type Pages = Pick<
  ReturnType<typeof usePages<unknown, object>>,
  'hasMore' | 'isBusy' | 'more' | 'error' | 'isLoading' | 'isEmpty' | 'retry'
>

export function MorePages({ pages }: { pages: Pick<Pages, 'hasMore' | 'isBusy' | 'more'> }) {
  const t = useT()
  if (!pages.hasMore) return null
  return (
    <Button tone="quiet" wide busy={pages.isBusy} onClick={pages.more}>
      {t('more')}
    </Button>
  )
}
