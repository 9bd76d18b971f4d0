import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useEffect, useState } from 'react'

/** soon: likely to be needed, so fetched quietly · now: somebody waits for it. */
export type Wish = 'later' | 'soon' | 'now'

/**
 * Code that comes when it is wished for. Not `lazy`: a lost network must not take the page along
 * (a stream may be playing on it); it is told, and the next wish tries again. `fetch` must be a
 * constant of the module.
 */
export function useCode<T>(fetch: () => Promise<T>, wish: Wish): T | undefined {
  const [code, setCode] = useState<{ is: T }>()
  const sentence = useErrorSentence()
  useEffect(() => {
    if (code || wish === 'later') return
    fetch().then(
      is => setCode({ is }),
      error => wish === 'now' && toast.error(sentence(error)),
    )
  }, [code, fetch, wish, sentence])
  return code?.is
}
