import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useEffect, useState } from 'react'

type Sheets = typeof import('../checkout/buy-sheets.tsx').BuySheets

const fetchSheets = async (): Promise<Sheets> =>
  (await import('../checkout/buy-sheets.tsx')).BuySheets

/**
 * The sheets in which people buy: fetched once the picture runs, at the latest when they are wanted.
 * Not `lazy`: a lost network must not take the room along, and the next press tries again.
 */
export function useBuySheets(isPlaying: boolean, isWanted: boolean): Sheets | undefined {
  const [sheets, setSheets] = useState<Sheets>()
  const sentence = useErrorSentence()
  useEffect(() => {
    if (sheets || !(isPlaying || isWanted)) return
    fetchSheets().then(
      fetched => setSheets(() => fetched),
      error => isWanted && toast.error(sentence(error)),
    )
  }, [sheets, isPlaying, isWanted, sentence])
  return sheets
}
