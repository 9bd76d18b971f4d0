import { ApiError } from '@kaibo/client/client'
import {
  keepPreviousData,
  type QueryKey,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import { useT } from '../i18n.ts'
import { toast } from '../overlay/toast-store.ts'

/** What a page shows while it asks: `data`, or `error` as a refusal with a stable code. */
export const useQueryOf = <T>(
  key: QueryKey,
  ask: () => Promise<T>,
  options: {
    enabled?: boolean
    everyMs?: number
    /** Goes on showing the last answer while a changed question is asked. */
    keepsLast?: boolean
  } = {},
) =>
  useQuery<T, ApiError>({
    queryKey: key,
    queryFn: ask,
    enabled: options.enabled ?? true,
    ...(options.everyMs ? { refetchInterval: options.everyMs } : {}),
    ...(options.keepsLast ? { placeholderData: keepPreviousData } : {}),
  })

type ActionOptions<I, T> = {
  /** Queries that show something else now. */
  refresh?: readonly QueryKey[]
  onDone?: (reply: T, input: I) => void
  /** Handles a refusal itself; return true to keep the toast away. */
  onRefused?: (error: ApiError, input: I) => boolean
}

/**
 * Something the user does: `run(input)`, `busy`, `error`. A second press while it is under way is
 * swallowed, however soon it comes; a refusal shows the server's sentence unless `onRefused` deals
 * with it.
 */
export function useActionOf<I, T>(
  act: (input: I) => Promise<T>,
  options: ActionOptions<I, T> = {},
) {
  const cache = useQueryClient()
  const sentence = useErrorSentence()
  // `busy` is drawn one frame late: two presses within it would both go out.
  const isUnderWay = useRef(false)
  const mutation = useMutation<T, ApiError, I>({
    mutationFn: act,
    onSuccess: async (reply, input) => {
      await Promise.all(
        (options.refresh ?? []).map(queryKey => cache.invalidateQueries({ queryKey })),
      )
      options.onDone?.(reply, input)
    },
    onError: (error, input) => {
      if (!options.onRefused?.(error, input)) toast.error(sentence(error))
    },
    onSettled: () => {
      isUnderWay.current = false
    },
  })
  const run = (input: I) => {
    if (isUnderWay.current) return
    isUnderWay.current = true
    mutation.mutate(input)
  }
  return { run, busy: mutation.isPending, error: mutation.error, reset: mutation.reset }
}

/** The sentence for a failure: the server's own, or ours when it was not reached. */
export function useErrorSentence(): (error: unknown) => string {
  const t = useT('ui')
  return useCallback(
    (error: unknown) => {
      if (!(error instanceof ApiError)) return t('error.unknown')
      if (error.code === 'client.timeout') return t('error.timeout')
      return error.status === 0 ? t('error.offline') : error.message
    },
    [t],
  )
}
