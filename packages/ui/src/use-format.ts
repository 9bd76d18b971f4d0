import { useMemo } from 'react'
import * as format from './format.ts'
import { useLanguage } from './i18n.ts'

/** The formatters bound to the current language. */
export function useFormat() {
  const [language] = useLanguage()
  return useMemo(
    () => ({
      fen: (fen: number) => format.formatFen(fen, language),
      count: (count: number) => format.formatCount(count, language),
      ago: (at: format.Instant, now?: format.Instant) => format.formatAgo(at, language, now),
      date: (at: format.Instant) => format.formatDate(at, language),
      dateTime: (at: format.Instant) => format.formatDateTime(at, language),
      time: (at: format.Instant) => format.formatTime(at, language),
      duration: format.formatDuration,
      number: (value: number) => format.formatNumber(value, language),
      list: (names: Iterable<string>) => format.formatList(names, language),
      basisPoints: (rate: number) => format.formatBasisPoints(rate, language),
    }),
    [language],
  )
}
